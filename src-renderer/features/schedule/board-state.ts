import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { createKept } from '../../app/kept.ts';
import type { ShownStatus } from '../../ui/shown-status.ts';
import type { Cursor } from './cells.ts';

/** Minutes of a row, and how high a row is drawn. 15 minutes are never lower than 28 px. */
export const zooms = [
  { minutes: 15, rowPx: 36 },
  { minutes: 10, rowPx: 32 },
  { minutes: 5, rowPx: 28 },
] as const;
export type Zoom = (typeof zooms)[number];

/** An appointment in the hand: where it would go, as column, slot and time. Null is nowhere. */
export interface Drag {
  appointment: Appointment;
  target: { column: string; slotId: string; start: string } | null;
}

/** An appointment that is being made longer or shorter: the end that it would have. */
export interface Resizing {
  appointment: Appointment;
  end: string;
  by: 'pointer' | 'keys';
}

/** Free time that is being marked for a new appointment: from a slot on, until an instant. */
export interface Creating {
  column: string;
  slotId: string;
  end: string;
  by: 'pointer' | 'keys';
}

interface BoardState {
  view: 'day' | 'week';
  /** Whose columns they are. */
  by: 'doctor' | 'room';
  /** Whose week is shown; null is the first doctor of the board, or the first room. */
  weekDoctorId: string | null;
  weekRoomId: string | null;
  specialtyId: string | null;
  /** Null is every doctor. */
  doctorIds: readonly string[] | null;
  showCancelled: boolean;
  zoom: Zoom;
  cursor: Cursor | null;
  drag: Drag | null;
  resizing: Resizing | null;
  creating: Creating | null;
  /** How many appointments of the day that is shown have each status, for the panel. */
  counts: Partial<Record<ShownStatus, number>> | null;
}

/** What the board owns and keeps while another place is open. */
export const useBoard = createKept<BoardState>(() => ({
  view: 'day',
  by: 'doctor',
  weekDoctorId: null,
  weekRoomId: null,
  specialtyId: null,
  doctorIds: null,
  showCancelled: false,
  zoom: zooms[0],
  cursor: null,
  drag: null,
  resizing: null,
  creating: null,
  counts: null,
}));

const set = useBoard.setState;

/** One step closer (1) or farther (-1); stays at the ends. */
export const zoomBy = (step: 1 | -1): void =>
  set(({ zoom }) => ({ zoom: zooms[zooms.indexOf(zoom) + step] ?? zoom }));

export const toggleCancelled = (): void => set(({ showCancelled }) => ({ showCancelled: !showCancelled }));
export const toggleView = (): void => set(({ view }) => ({ view: view === 'day' ? 'week' : 'day' }));
export const toggleBy = (): void => set(({ by }) => ({ by: by === 'doctor' ? 'room' : 'doctor' }));
export const showEveryone = (): void => set({ doctorIds: null, specialtyId: null });
export const placeCursor = (cursor: Cursor | null): void => set({ cursor });
