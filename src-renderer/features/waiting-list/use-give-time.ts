import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { WaitingListEntry } from '../../../src-main/contract/waiting-list.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { offerGap } from '../../app/gap-offer.ts';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';

/** Gives somebody on the waiting list a time; says so with Undo, and offers the later time that this leaves free. */
export const useGiveTime = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone, zoneOf } = useClinic();

  const takeBack = async (
    entryId: string,
    { appointment, left }: CallOutput<'bookFromWaitingList'>,
  ): Promise<boolean> => {
    const appointmentId = appointment.id;
    const back =
      left?.slotId != null
        ? await call('reschedule', { appointmentId, slotId: left.slotId, roomId: left.roomId })
        : await call('cancel', { appointmentId, reason: t('booking.undoReason') });
    const answer = back.ok
      ? await call('updateWaitingListEntry', { entryId, set: { status: 'waiting' } })
      : back;
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    return answer.ok;
  };

  return async (entry: WaitingListEntry, slotId: string): Promise<boolean> => {
    const answer = await call('bookFromWaitingList', { entryId: entry.id, slotId });
    if (!answer.ok) {
      toastProblem(errorText(answer.error, zone));
      return false;
    }
    const { appointment, left } = answer.value;
    const name = fullName(entry.patient);
    const to = formats.moment(appointment.start, zoneOf(appointment.locationId));
    toast(
      left
        ? t('waitingList.done.moved', { name, to, from: formats.moment(left.start, zoneOf(left.locationId)) })
        : t('waitingList.done.booked', { name, to }),
      () => takeBack(entry.id, answer.value),
    );
    if (left) void offerGap(left);
    return true;
  };
};
