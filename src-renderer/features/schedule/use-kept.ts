import { useMemo } from 'react';
import type { DaySchedule } from '../../../src-main/contract/appointment.ts';
import { useLive } from '../../api/live.ts';
import { useConnected } from '../../api/sync-state.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { type KeptSlot, withKept } from './kept.ts';

/** What the kept times of a day follow from. */
const TABLES = ['slot_leases', 'appointments', 'doctor_time_slots', 'outbox'];

/** The free times of a day that are kept for a desk; none without a day. */
export const useKept = (date: string | undefined): KeptSlot[] | undefined => {
  const { location } = useClinic();
  return useLive('keptSlots', date ? { date, locationId: location.id } : null, TABLES).data;
};

/** A day, in which without a connection what is kept for other desks is taken. */
export const useDayWithKept = (schedule: DaySchedule | undefined): DaySchedule | undefined => {
  const connected = useConnected();
  const kept = useKept(connected ? undefined : schedule?.date);
  return useMemo(
    () => (schedule && kept && !connected ? withKept(schedule, kept) : schedule),
    [schedule, kept, connected],
  );
};
