import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { PlannedVisit, SeriesRule } from '../../../src-main/contract/series.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import type { SlotChoice } from '../../app/screen.ts';
import { type Choices, chosenVisits } from '../../ui/planned-visits.tsx';
import { dayIn } from '../../ui/series-words.ts';

const TABLES = ['appointments', 'doctor_time_slots'];
const none: PlannedVisit[] = [];
const first: SeriesRule = { every: 'week', interval: 1, count: 6 };

/** Whether and how a booking repeats, and which of its dates are to be booked. */
export const useRepeat = (slot: SlotChoice, place: CallInput<'hold'> | null) => {
  const { zoneOf } = useClinic();
  const [rule, setRule] = useKept<SeriesRule | null>('rule', null);
  const [choices, setChoices] = useKept<Choices>('choices', {});
  const { data } = useLive('planSeries', place && rule && { ...place, rule }, TABLES);
  const visits = (rule && data) || none;
  return {
    rule,
    visits,
    choices,
    chosen: chosenVisits(visits, choices).map(({ slotId, at }) => ({ slotId, at })),
    /** The day of the first one, which a monthly rule goes by. */
    day: dayIn(slot.start, zoneOf(slot.locationId)),
    toggle: () => setRule(rule ? null : first),
    setRule,
    choose: (start: string, slotId: string | null) => setChoices({ ...choices, [start]: slotId }),
  };
};
