import { Button, Group, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { ExceptionKind } from '../../../src-main/contract/schedules.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';
import { parseClock } from './clock-text.ts';
import classes from './doctors.module.css';

interface ExceptionProps {
  exception: ExceptionKind;
  doctorId?: string;
  locationId?: string;
}

interface Draft {
  kind: ExceptionKind;
  locationId: string | null;
  firstDay: string;
  lastDay: string;
  whole: boolean;
  starts: string;
  ends: string;
  reason: string;
}

/** Leave, a closed day, a block or extra time. The appointments that lie in it are counted while it is typed. */
export const ExceptionDialog = ({ exception, doctorId, locationId }: ExceptionProps) => {
  const { t } = useTranslation();
  const { today } = useClinic();
  const [draft, setDraft] = useKept<Draft>('draft', {
    kind: exception,
    locationId: locationId ?? null,
    firstDay: today,
    lastDay: today,
    whole: exception === 'leave' || exception === 'holiday',
    starts: '09:00',
    ends: '13:00',
    reason: '',
  });
  const form = useSaving(draft, doctorId);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  return (
    <DialogWindow title={t(`doctors.away.kind.${draft.kind}`)} size={520}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          {doctorId !== undefined && draft.kind !== 'leave' && (
            <SegmentedControl
              aria-label={t('doctors.away.title')}
              data={(['block', 'opening'] as const).map((kind) => ({
                value: kind,
                label: t(`doctors.away.kind.${kind}`),
              }))}
              value={draft.kind}
              onChange={(kind) => change({ kind: kind === 'opening' ? 'opening' : 'block' })}
            />
          )}
          <Text c="dimmed">{t(`doctors.away.kindHint.${draft.kind}`)}</Text>
          <Days draft={draft} onChange={change} />
          <Hours draft={draft} wrong={form.wrong} onChange={change} />
          {doctorId !== undefined && <Where draft={draft} onChange={change} />}
          <TextInput
            label={t('doctors.away.reason')}
            value={draft.reason}
            maxLength={255}
            autoComplete="off"
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          {form.affected > 0 && (
            <p className={classes['warning']} role="status">
              {t('doctors.away.affected', { count: form.affected })}
            </p>
          )}
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('doctors.away.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

interface Part {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

const Days = ({ draft, onChange }: Part) => {
  const { t } = useTranslation();
  const { today } = useClinic();
  return (
    <Group grow align="flex-start">
      <DatePickerInput
        label={t('doctors.away.firstDay')}
        minDate={today}
        value={draft.firstDay}
        valueFormat="ddd D MMM YYYY"
        data-autofocus
        onChange={(day) => {
          const firstDay = day ?? today;
          onChange({ firstDay, lastDay: draft.lastDay < firstDay ? firstDay : draft.lastDay });
        }}
      />
      <DatePickerInput
        label={t('doctors.away.lastDay')}
        minDate={draft.firstDay}
        value={draft.lastDay}
        valueFormat="ddd D MMM YYYY"
        onChange={(day) => onChange({ lastDay: day ?? draft.firstDay })}
      />
    </Group>
  );
};

const Hours = ({ draft, wrong, onChange }: Part & { wrong: boolean }) => {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('doctors.away.whole')}
        checked={draft.whole}
        onChange={(event) => onChange({ whole: event.currentTarget.checked })}
      />
      {!draft.whole && (
        <Group grow align="flex-start">
          <TextInput
            label={t('doctors.away.starts')}
            value={draft.starts}
            autoComplete="off"
            error={wrong && t('doctors.hours.badTime')}
            onChange={(event) => onChange({ starts: event.currentTarget.value })}
          />
          <TextInput
            label={t('doctors.away.ends')}
            value={draft.ends}
            autoComplete="off"
            onChange={(event) => onChange({ ends: event.currentTarget.value })}
          />
        </Group>
      )}
    </>
  );
};

/** Extra time is somewhere; leave and a block may be for every location. */
const Where = ({ draft, onChange }: Part) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { locations, location } = useClinic();
  if (locations.length < 2) return null;
  const somewhere = draft.kind === 'opening';
  return (
    <Select
      label={t('doctors.away.location')}
      placeholder={t('doctors.away.everywhere')}
      data={locations.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
      value={draft.locationId ?? (somewhere ? location.id : null)}
      clearable={!somewhere}
      allowDeselect={!somewhere}
      clearButtonProps={{ 'aria-label': t('doctors.away.everywhere') }}
      onChange={(locationId) => onChange({ locationId })}
    />
  );
};

const useSaving = (draft: Draft, doctorId: string | undefined) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone, location, doctors } = useClinic();
  const errorText = useErrorText();
  const [wrong, setWrong] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const input = inputOf(draft, doctorId, location.id);
  const lies = useLive('affectedAppointments', input && { newException: input }, ['appointments']).data ?? [];

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setWrong(input === null);
    if (input === null || saving) return;
    setSaving(true);
    const answer = await call('addException', input);
    setSaving(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    const doctor = doctors.find(({ id }) => id === doctorId);
    const what = [
      t(`doctors.away.kind.${draft.kind}`),
      doctor && formats.name(doctor.name),
      formats.day(draft.firstDay),
    ].filter(Boolean);
    const said = what.join(' · ');
    toast(t('doctors.away.saved', { what: said }));
    closeDialog();
    if (answer.value.affected > 0 && lies.length > 0)
      openDialog({
        kind: 'affected',
        title: t('doctors.away.affectedTitle', { what: said }),
        affected: lies,
      });
  };
  return {
    wrong,
    saving,
    problem,
    affected: draft.kind === 'opening' ? 0 : lies.length,
    submit: (event: SubmitEvent) => void submit(event),
  };
};

/** What the core takes, or null while a time is none. */
const inputOf = (
  draft: Draft,
  doctorId: string | undefined,
  here: string,
): CallInput<'addException'> | null => {
  const { kind, firstDay, lastDay, whole, reason } = draft;
  const startTime = whole ? '00:00' : parseClock(draft.starts);
  const endTime = whole ? '24:00' : parseClock(draft.ends, true);
  if (startTime === null || endTime === null || (firstDay === lastDay && endTime <= startTime)) return null;
  const locationId = draft.locationId ?? (kind === 'opening' ? here : null);
  return { kind, doctorId: doctorId ?? null, locationId, firstDay, lastDay, startTime, endTime, reason };
};
