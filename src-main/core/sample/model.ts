import type { ScheduleException, ScheduleRules, WeeklyStretch } from '../appointments/make-slots.ts';
import type { DoctorPlan, locationPlans, SpecialtyPlan, VisitPlan } from './staff.ts';

export interface SampleLocation {
  id: string;
  zone: string;
  language: 'en' | 'el';
  plan: (typeof locationPlans)[number];
}
export interface SampleRoom {
  id: string;
  locationId: string;
  number: number;
}
export interface SampleVisit extends VisitPlan {
  id: string;
  /** Place among the specialties; null serves all. */
  specialty: number | null;
}
export interface SampleUser {
  id: string;
  name: string;
  mail: string;
  role: 'receptionist' | 'admin' | 'doctor';
}
export interface SampleDoctor {
  /** Place in the list: which seeded stream plans this doctor's days. */
  index: number;
  id: string;
  plan: DoctorPlan;
  account: SampleUser;
  home: SampleLocation;
  specialtyId: string;
  /** The room by location id. */
  rooms: ReadonlyMap<string, string>;
  visits: readonly SampleVisit[];
  /** Shares the room with an earlier doctor and so keeps to the templates. */
  sharesRoom: boolean;
}
export type SampleTemplate = WeeklyStretch & { id: string; roomId: string };
export type SampleException = ScheduleException & { id: string; reason: string };

/** The clinic itself: what stands before any patient. */
export interface SampleClinic {
  id: string;
  kind: 'human' | 'veterinary';
  madeAt: number;
  locations: readonly SampleLocation[];
  rooms: readonly SampleRoom[];
  specialties: readonly (SpecialtyPlan & { id: string })[];
  visits: readonly SampleVisit[];
  receptionists: readonly SampleUser[];
  admin: SampleUser;
  doctors: readonly SampleDoctor[];
  templates: readonly SampleTemplate[];
  exceptions: readonly SampleException[];
  rules: ScheduleRules;
}
