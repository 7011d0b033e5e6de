import { Button, Chip, Group, Select, Stack, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './calls.module.css';

const MONTHS = [1, 3, 6, 12];

/** Asks a patient back: what for, and on which day. */
export const RecallDialog = ({ patient }: { patient: PatientBrief }) => {
  const { t } = useTranslation();
  return (
    <DialogWindow title={t('calls.recalls.addFor', { name: fullName(patient) })} size={480}>
      <RecallForm patient={patient} />
    </DialogWindow>
  );
};

const RecallForm = ({ patient }: { patient: PatientBrief }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { today, zone, doctors } = useClinic();
  const visitTypes = useLive('visitTypes', {}, ['visit_types']).data ?? [];
  const later = (months: number): string => Temporal.PlainDate.from(today).add({ months }).toString();
  const [reason, setReason] = useKept('reason', '');
  const [dueOn, setDueOn] = useKept('dueOn', () => later(6));
  const [doctorId, setDoctorId] = useKept<string | null>('doctorId', null);
  const [visitTypeId, setVisitTypeId] = useKept<string | null>('visitTypeId', null);
  const [problem, setProblem] = useState<string | null>(null);
  const chosen = MONTHS.find((months) => later(months) === dueOn);

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (reason.trim() === '') return setProblem(t('calls.recalls.needReason'));
    const input = { patientId: patient.id, dueOn, reason: reason.trim(), doctorId, visitTypeId };
    const answer = await call('addRecall', input);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    const recallId = answer.value.id;
    toast(t('calls.recalls.saved', { name: fullName(patient), day: formats.day(dueOn) }), async () => {
      const undone = await call('updateRecall', { recallId, set: { status: 'cancelled' } });
      if (!undone.ok) toastProblem(errorText(undone.error, zone));
      return undone.ok;
    });
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('calls.recalls.reason')}
          placeholder={t('calls.recalls.reasonHint')}
          value={reason}
          maxLength={255}
          autoFocus
          data-autofocus
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <fieldset className={classes['presets']}>
          <legend>{t('calls.recalls.due')}</legend>
          <Group gap="sm">
            <Chip.Group
              value={chosen === undefined ? null : String(chosen)}
              onChange={(months) => setDueOn(later(Number(months)))}
            >
              {MONTHS.map((months) => (
                <Chip key={months} value={String(months)} radius="sm">
                  {t('calls.recalls.inMonths', { count: months })}
                </Chip>
              ))}
            </Chip.Group>
          </Group>
        </fieldset>
        <DatePickerInput
          label={t('calls.recalls.dueOn')}
          value={dueOn}
          minDate={today}
          valueFormat="ddd D MMM YYYY"
          onChange={(day) => day && setDueOn(day)}
        />
        <Group grow gap="md">
          <Select
            label={t('calls.recalls.doctor')}
            placeholder={t('calls.recalls.anyDoctor')}
            data={doctors.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
            value={doctorId}
            clearable
            clearButtonProps={{ 'aria-label': t('calls.recalls.anyDoctor') }}
            onChange={setDoctorId}
          />
          <Select
            label={t('calls.recalls.visitType')}
            placeholder={t('calls.recalls.anyVisit')}
            data={visitTypes.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
            value={visitTypeId}
            clearable
            clearButtonProps={{ 'aria-label': t('calls.recalls.anyVisit') }}
            onChange={setVisitTypeId}
          />
        </Group>
        {problem && <Problem>{problem}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={closeDialog}>
            {t('app.cancel')}
          </Button>
          <Button type="submit">{t('calls.recalls.save')}</Button>
        </Group>
      </Stack>
    </form>
  );
};
