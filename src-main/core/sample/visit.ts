import type { Status } from '../../contract/status.ts';
import type { SampleDoctor, SampleLocation, SampleVisit } from './model.ts';

/** The moments of an appointment, epoch milliseconds. */
export interface Stamps {
  confirmed?: number;
  arrived?: number;
  ready?: number;
  inRoom?: number;
  completed?: number;
  cancelled?: number;
  heldUntil?: number;
}

/** An appointment under way from plan to row. */
export interface Visit {
  /** Its place in the plan of its doctor's day; with doctor and start it names the visit. */
  number: number;
  doctor: SampleDoctor;
  location: SampleLocation;
  kind: SampleVisit;
  /** Null for one that came from another program. */
  slotId: string | null;
  start: number;
  end: number;
  /** The patient's number. */
  patient: number;
  bookedAt: number;
  status: Status;
  stamps: Stamps;
  overbook: boolean;
}
