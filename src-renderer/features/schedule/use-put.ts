import { useCallback } from 'react';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { startMoving } from '../../app/screen.ts';
import { placeCursor } from './board-state.ts';
import { type Column, slotChoice } from './columns.ts';
import { slotById } from './use-draft.ts';
import { judge } from './verdict.ts';

/** Puts an appointment down on a slot; the cursor goes with it. Where it is already it is just let go. */
export const usePut = () => {
  const { reschedule } = useAppointmentActions();
  return useCallback(
    async (appointment: Appointment, column: Column, slotId: string): Promise<void> => {
      const slot = slotById(column, slotId, appointment);
      if (!slot) return;
      const same = judge(appointment, column, slot).kind === 'same';
      if (!same && !(await reschedule(appointment, slotChoice(column, slot)))) return;
      startMoving(null);
      placeCursor({ column: column.key, kind: 'card', id: appointment.id, at: slot.start });
    },
    [reschedule],
  );
};
