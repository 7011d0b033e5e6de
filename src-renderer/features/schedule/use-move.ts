import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useScreen } from '../../app/screen.ts';
import { useBoard } from './board-state.ts';
import type { Column } from './columns.ts';
import { judge, type Verdict } from './verdict.ts';

/** A move that is being considered, by pointer or by keys. */
export interface Move {
  appointment: Appointment;
  /** Where it would go; null while it is over nothing. */
  to: { column: Column; slotId: string; start: string } | null;
  verdict: Verdict;
}

/** The appointment in the hand and where it would go: under the pointer, or at the cursor after Ctrl+X. */
export const useMove = (columns: readonly Column[]): Move | null => {
  const drag = useBoard((board) => board.drag);
  const cursor = useBoard((board) => board.cursor);
  const cut = useScreen((screen) => screen.moving);
  const appointment = drag?.appointment ?? cut;
  if (!appointment) return null;
  const target = drag
    ? drag.target
    : cursor?.kind === 'slot'
      ? { column: cursor.column, slotId: cursor.id }
      : null;
  const column = columns.find(({ key }) => key === target?.column);
  const slot = column?.day.slots.find(({ id }) => id === target?.slotId);
  if (!column || !slot) return { appointment, to: null, verdict: { kind: 'closed' } };
  return {
    appointment,
    to: { column, slotId: slot.id, start: slot.start },
    verdict: judge(appointment, column, slot.start),
  };
};
