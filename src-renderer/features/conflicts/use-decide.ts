import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeTime } from '../../../src-main/contract/appointment.ts';
import type { OutsideDecision, OutsideName, OutsideProblem } from '../../../src-main/contract/outside.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';

/** Decides about a booking of an outside system and says so; `problem` is why it could not be. */
export const useDecide = ({ id, source }: OutsideProblem, name: string) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone, zoneOf } = useClinic();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const decide = async (decision: OutsideDecision, time?: FreeTime): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await call('decideOutside', { id, decision, ...(time ? { slotId: time.slotId } : {}) });
    setBusy(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    const when = time ? formats.moment(time.start, zoneOf(time.locationId)) : '';
    toast(t(`outside.done.${decision}`, { name, when, source: t(`outside.source.${source}`) }));
    if (decision === 'retry') runSoon(source);
  };

  const link = async (unlinked: OutsideName, doctorId: string): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await call('setOutsideLink', { ...unlinked, source, doctorId, visitTypeId: null });
    setBusy(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    toast(t('outside.done.link', { name: unlinked.name ?? unlinked.externalId }));
    runSoon(source);
  };
  return { decide, link, busy, problem };
};

/** So that it need not wait for its turn. A desk that cannot run it leaves that to the one that can. */
const runSoon = (source: OutsideProblem['source']): void => void call('runIntegration', { source });
