import { useTranslation } from 'react-i18next';
import type { CallInput, CallResult } from '../../../src-main/contract/calls.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import type { WaitingListEntry } from '../../../src-main/contract/waiting-list.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { wishOf } from './wish.ts';

type Changed = Promise<CallResult<'updateWaitingListEntry'>>;

/** What can be done to an entry, each said in a toast with Undo. Each answers whether it was done. */
export const useEntryChange = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();

  const done = async (changed: Changed): Promise<boolean> => {
    const answer = await changed;
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    return answer.ok;
  };
  const set = (entryId: string, values: CallInput<'updateWaitingListEntry'>['set']): Changed =>
    call('updateWaitingListEntry', { entryId, set: values });

  return {
    add: async (patient: PatientBrief, input: CallInput<'addToWaitingList'>): Promise<boolean> => {
      const answer = await call('addToWaitingList', input);
      if (!answer.ok) return done(Promise.resolve(answer));
      toast(t('waitingList.done.added', { name: fullName(patient) }), () =>
        done(set(answer.value.id, { status: 'removed' })),
      );
      return true;
    },
    change: async (
      entry: WaitingListEntry,
      wish: CallInput<'updateWaitingListEntry'>['set'],
    ): Promise<boolean> => {
      if (!(await done(set(entry.id, wish)))) return false;
      const before = wishOf(entry);
      toast(t('waitingList.done.changed', { name: fullName(entry.patient) }), () =>
        done(set(entry.id, before)),
      );
      return true;
    },
    remove: async (entry: WaitingListEntry): Promise<boolean> => {
      if (!(await done(set(entry.id, { status: 'removed' })))) return false;
      toast(t('waitingList.done.removed', { name: fullName(entry.patient) }), () =>
        done(set(entry.id, { status: 'waiting' })),
      );
      return true;
    },
  };
};
