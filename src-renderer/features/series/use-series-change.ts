import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment, FreeTime } from '../../../src-main/contract/appointment.ts';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { PlannedVisit, SeriesScope } from '../../../src-main/contract/series.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, openDialog, type SlotChoice, startMoving } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { type Choices, chosenVisits } from '../../ui/planned-visits.tsx';

const TABLES = ['appointments', 'doctor_time_slots'];
const MINUTE_MS = 60_000;
const none: PlannedVisit[] = [];

const minutesOf = ({ start, end }: Appointment): number => (Date.parse(end) - Date.parse(start)) / MINUTE_MS;

/** A change of a series as it is being made: which ones, where to, how long, what for. */
export const useSeriesChange = (
  appointment: Appointment,
  firstSlot: SlotChoice | undefined,
  firstScope: SeriesScope,
) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zoneOf } = useClinic();
  const [scope, setScope] = useKept('scope', firstScope);
  const [slot, setSlot] = useKept<Pick<FreeTime, 'slotId' | 'doctorId' | 'locationId' | 'start'> | undefined>(
    'slot',
    firstSlot,
  );
  const [minutes, setMinutes] = useKept('minutes', minutesOf(appointment));
  const [reason, setReason] = useKept('reason', appointment.reason ?? '');
  const [choices, setChoices] = useKept<Choices>('choices', {});
  const [problem, setProblem] = useState<string | null>(null);
  const zone = zoneOf(slot?.locationId ?? appointment.locationId);
  const length = minutes === minutesOf(appointment) ? {} : { durationMinutes: minutes };
  const place = { appointmentId: appointment.id, scope, ...(slot ? { slotId: slot.slotId } : {}), ...length };
  const planned = useLive('planSeriesChange', place, TABLES).data ?? none;
  const before = useLive('series', { appointmentId: appointment.id }, TABLES).data;
  const moves = slot !== undefined || 'durationMinutes' in length;
  const chosen = moves
    ? chosenVisits(planned, choices).flatMap(({ appointmentId, slotId, at }) =>
        appointmentId === null ? [] : [{ appointmentId, slotId, at }],
      )
    : [];

  const save = async (): Promise<void> => {
    const input: CallInput<'changeSeries'> = {
      appointmentId: appointment.id,
      scope,
      visits: chosen,
      ...length,
      ...(reason.trim() === (appointment.reason ?? '') ? {} : { reason: reason.trim() }),
    };
    const answer = await call('changeSeries', input);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    startMoving(null);
    const back = takenBack(
      appointment,
      before?.appointments ?? [],
      new Set(answer.value.map(({ id }) => id)),
    );
    toast(
      t('series.done.changed', { count: answer.value.length, name: fullName(appointment.patient) }),
      async () => {
        const undone = await call('changeSeries', back);
        if (!undone.ok) toastProblem(errorText(undone.error, zone));
        return undone.ok;
      },
    );
  };

  return {
    scope,
    setScope,
    slot,
    zone,
    minutes,
    setMinutes,
    reason,
    setReason,
    planned,
    /** Whether anybody's time changes, so that there is a list to look at. */
    moves,
    chosen,
    choices,
    choose: (start: string, slotId: string | null) => setChoices({ ...choices, [start]: slotId }),
    problem,
    save,
    findAnotherTime: () =>
      openDialog({
        kind: 'nextFree',
        doctorId: slot?.doctorId ?? appointment.doctorId,
        ...(appointment.visitTypeId === null ? {} : { visitTypeId: appointment.visitTypeId }),
        onTake: setSlot,
      }),
  };
};

/** The call that puts those that were changed back to where, how long and what for they were. */
const takenBack = (
  appointment: Appointment,
  before: readonly Appointment[],
  changed: ReadonlySet<string>,
): CallInput<'changeSeries'> => ({
  appointmentId: [...changed][0] ?? appointment.id,
  scope: 'all',
  durationMinutes: minutesOf(appointment),
  reason: appointment.reason ?? '',
  visits: before.flatMap(({ id, slotId, start }) =>
    changed.has(id) && slotId !== null ? [{ appointmentId: id, slotId, at: start }] : [],
  ),
});
