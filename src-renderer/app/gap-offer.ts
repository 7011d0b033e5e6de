import i18next from 'i18next';
import type { Appointment } from '../../src-main/contract/appointment.ts';
import type { Gap } from '../../src-main/contract/waiting-list.ts';
import { call } from '../api/client.ts';
import { openDialog } from './screen.ts';
import { toastOffer } from './toasts.tsx';

/** For how long the key of the waiting list leads to the time that became free last. */
const FRESH_MS = 60_000;
let last: { gap: Gap; at: number } | null = null;

/** The time that an appointment leaves when it is cancelled, missed or moved. */
export const gapOf = ({ doctorId, locationId, start, end }: Appointment): Gap => ({
  doctorId,
  locationId,
  start,
  end,
});

/** Says how many on the waiting list would come for a time that became free, if any would, and leads to them. */
export const offerGap = async (appointment: Appointment): Promise<void> => {
  const gap = gapOf(appointment);
  const answer = await call('fitsForGap', gap);
  if (!answer.ok || answer.value.length === 0) return;
  const offer = { gap, at: Date.now() };
  last = offer;
  toastOffer(
    i18next.t('waitingList.gap.offer', { count: answer.value.length }),
    i18next.t('waitingList.gap.show'),
    'waitingList',
    () => openDialog({ kind: 'gap', gap }),
  );
};

/** The key of the waiting list: who would come for the time that just became free, or else the whole list. */
export const openWaitingList = (): void => {
  const fresh = last && Date.now() - last.at < FRESH_MS ? last.gap : null;
  last = null;
  openDialog(fresh ? { kind: 'gap', gap: fresh } : { kind: 'waitingList' });
};
