import type { DaySchedule } from '../../../src-main/contract/appointment.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { BoardHold } from './columns.ts';

export type KeptSlot = CallOutput<'keptSlots'>[number];

/** Slots one after the other that are kept for the same desk. */
export type KeptStretch = KeptSlot;

/** Joins slots of a doctor that touch and are kept for the same desk; they come by time. */
export const joinKept = (slots: readonly KeptSlot[]): KeptStretch[] => {
  const joined: KeptStretch[] = [];
  const last = new Map<string, KeptStretch>();
  for (const slot of slots) {
    const before = last.get(slot.doctorId);
    if (before && before.end === slot.start && before.own === slot.own && before.deskName === slot.deskName) {
      before.end = slot.end;
      continue;
    }
    const begun = { ...slot };
    joined.push(begun);
    last.set(slot.doctorId, begun);
  }
  return joined;
};

/** A day in which the times that are kept for other desks are taken: without a connection nobody can ask for them. */
export const withKept = (schedule: DaySchedule, kept: readonly KeptSlot[]): DaySchedule => {
  const others = joinKept(kept.filter(({ own }) => !own));
  if (others.length === 0) return schedule;
  const holds = others.map(
    ({ slotId, doctorId, start, end, deskName }): BoardHold => ({
      id: slotId,
      doctorId,
      roomId: null,
      start,
      end,
      heldBy: deskName ?? '',
      until: end,
      kept: true,
    }),
  );
  return { ...schedule, holds: [...schedule.holds, ...holds] };
};
