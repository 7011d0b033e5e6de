import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Stretch } from '../../../src-main/contract/values.ts';
import { type BoardSlot, type Column, inTheWay, type Taker } from './columns.ts';

/** What would come of putting an appointment somewhere, as far as the board can see. The core has the say. */
export type Verdict =
  | { kind: 'free' }
  | { kind: 'same' }
  | { kind: 'taken'; by: Taker }
  | { kind: 'blocked' }
  | { kind: 'closed' };

/** The end that an appointment would have if it began at `start`; ISO 8601 UTC. */
export const movedEnd = (appointment: Appointment, start: string): string =>
  new Date(Date.parse(start) + Date.parse(appointment.end) - Date.parse(appointment.start)).toISOString();

/** Judges a move before it is made, so that a clash is seen before the drop. */
export const judge = (
  appointment: Appointment,
  column: Column,
  slot: Pick<BoardSlot, 'start' | 'doctorId'>,
): Verdict => {
  const { start, doctorId } = slot;
  const staysHere = column.of.kind === 'doctor' || column.of.id === appointment.roomId;
  if (appointment.doctorId === doctorId && appointment.start === start && staysHere) return { kind: 'same' };
  return judgeStretch(column, doctorId, { start, end: movedEnd(appointment, start) }, appointment.id);
};

/** Judges another end of an appointment: only the time that it gains. */
export const judgeEnd = (appointment: Appointment, column: Column, end: string): Verdict => {
  if (end === appointment.end) return { kind: 'same' };
  if (end < appointment.end) return { kind: 'free' };
  return judgeStretch(column, appointment.doctorId, { start: appointment.end, end }, appointment.id);
};

const judgeStretch = (
  column: Column,
  doctorId: string,
  stretch: Stretch,
  exceptId: string | null,
): Verdict => {
  const by = inTheWay(column, doctorId, stretch, exceptId);
  if (by) return { kind: 'taken', by };
  let reached = stretch.start;
  for (const slot of column.everySlot) {
    if (slot.doctorId !== doctorId || slot.end <= stretch.start || slot.start >= stretch.end) continue;
    if (!slot.available) return { kind: 'blocked' };
    if (slot.start <= reached && slot.end > reached) reached = slot.end;
  }
  return reached >= stretch.end ? { kind: 'free' } : { kind: 'closed' };
};
