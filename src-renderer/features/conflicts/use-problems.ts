import { useLive } from '../../api/live.ts';

const REFUSED = ['refusals', 'appointments', 'patients', 'payments', 'cash_ups', 'prescriptions'];
const OUTSIDE = ['outside_bookings', 'outside_links', 'appointments', 'doctor_time_slots'];

/** Everything that waits for a decision: what central refused of this desk, and what outside systems say otherwise. */
export const useProblems = () => {
  const refused = useLive('conflicts', {}, REFUSED);
  const outside = useLive('outsideProblems', {}, OUTSIDE);
  return {
    refused: refused.data,
    outside: outside.data,
    error: (refused.data ? null : refused.error) ?? (outside.data ? null : outside.error),
  };
};
