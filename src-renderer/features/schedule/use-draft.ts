import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Stretch } from '../../../src-main/contract/values.ts';
import { useScreen } from '../../app/screen.ts';
import { useBoard } from './board-state.ts';
import { type BoardSlot, type Column, slotsFor } from './columns.ts';
import { judge, judgeEnd, movedEnd, type Verdict } from './verdict.ts';

/** Where something would stand. */
export interface DraftPlace extends Stretch {
  column: Column;
  doctorId: string;
  /** Null for a change of length. */
  slotId: string | null;
}

/** What is being considered, by pointer or by keys, and not done yet. */
export type Draft = {
  verdict: Verdict;
  by: 'pointer' | 'keys';
} & (
  | { kind: 'move'; appointment: Appointment /** Null while it is over nothing. */; to: DraftPlace | null }
  | { kind: 'resize'; appointment: Appointment; to: DraftPlace }
  | { kind: 'create'; to: DraftPlace }
);

/** The one draft of the board: a move, another length, or free time that is being marked. */
export const useDraft = (columns: readonly Column[]): Draft | null => {
  const drag = useBoard((board) => board.drag);
  const resizing = useBoard((board) => board.resizing);
  const creating = useBoard((board) => board.creating);
  const cursor = useBoard((board) => board.cursor);
  const cut = useScreen((screen) => screen.moving);
  if (resizing) {
    const { appointment, end, by } = resizing;
    const column = columns.find(({ appointments }) => appointments.some(({ id }) => id === appointment.id));
    if (!column) return null;
    const to = { column, doctorId: appointment.doctorId, slotId: null, start: appointment.start, end };
    return { kind: 'resize', appointment, to, verdict: judgeEnd(appointment, column, end), by };
  }
  if (creating) {
    const to = placeOf(columns, creating, null);
    return (
      to && { kind: 'create', to: { ...to, end: creating.end }, verdict: { kind: 'free' }, by: creating.by }
    );
  }
  const appointment = drag?.appointment ?? cut;
  if (!appointment) return null;
  const target = drag
    ? drag.target
    : cursor?.kind === 'slot'
      ? { column: cursor.column, slotId: cursor.id }
      : null;
  const by = drag ? 'pointer' : 'keys';
  const to = target && placeOf(columns, target, appointment);
  if (!to) return { kind: 'move', appointment, to: null, verdict: { kind: 'closed' }, by };
  return { kind: 'move', appointment, to, verdict: judge(appointment, to.column, to), by };
};

const placeOf = (
  columns: readonly Column[],
  target: { column: string; slotId: string },
  moving: Appointment | null,
): (DraftPlace & { slotId: string }) | null => {
  const column = columns.find(({ key }) => key === target.column);
  const slot = column && slotById(column, target.slotId, moving);
  if (!column || !slot) return null;
  const { id, doctorId, start } = slot;
  return { column, doctorId, slotId: id, start, end: moving ? movedEnd(moving, start) : slot.end };
};

/** The slot of a column with an id. */
export const slotById = (column: Column, slotId: string, moving: Appointment | null): BoardSlot | undefined =>
  slotsFor(column, moving).find(({ id }) => id === slotId);
