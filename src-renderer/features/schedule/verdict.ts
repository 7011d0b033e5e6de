import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { type Column, inTheWay } from './columns.ts';

/** What would come of putting an appointment down somewhere, as far as the board can see. The core has the say. */
export type Verdict =
  | { kind: 'free' }
  | { kind: 'same' }
  | { kind: 'taken'; by: Appointment }
  | { kind: 'blocked' }
  | { kind: 'closed' };

/** The end that an appointment would have if it began at `start`; ISO 8601 UTC. */
export const movedEnd = (appointment: Appointment, start: string): string =>
  new Date(Date.parse(start) + Date.parse(appointment.end) - Date.parse(appointment.start)).toISOString();

/** Judges a move before it is made, so that a clash is seen before the drop. */
export const judge = (appointment: Appointment, column: Column, start: string): Verdict => {
  const end = movedEnd(appointment, start);
  if (appointment.doctorId === column.doctorId && appointment.start === start) return { kind: 'same' };
  const by = inTheWay(column, start, end, appointment.id);
  if (by) return { kind: 'taken', by };
  if (column.day.blocked.some((block) => block.start < end && block.end > start)) return { kind: 'blocked' };
  const open = column.day.open.some((stretch) => stretch.start <= start && end <= stretch.end);
  return open ? { kind: 'free' } : { kind: 'closed' };
};
