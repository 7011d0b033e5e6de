import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorProfile } from '../../../src-main/contract/clinic.ts';
import type { Affected, WorkingWeek } from '../../../src-main/contract/schedules.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { openDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { DayRow } from './day-row.tsx';
import classes from './doctors.module.css';
import { draftOf, type HoursDraft, readHours, type StretchWrong, weekFrom } from './hours-draft.ts';

/**
 * A doctor's whole week as it is typed. Saving looks first which appointments the new hours leave out; they are said
 * before anything is saved, and listed to be moved afterwards.
 */
export const HoursEditor = ({
  doctor,
  weeks,
  onClose,
}: {
  doctor: DoctorProfile;
  weeks: readonly WorkingWeek[];
  onClose: () => void;
}) => {
  const { t } = useTranslation();
  const { clinic } = useClinic();
  const editor = useEditor(doctor, weeks, onClose);
  const { draft, change } = editor;
  const days = weekFrom(clinic.firstWeekday);
  return (
    <form onSubmit={editor.submit} noValidate ref={editor.form}>
      <Validity draft={draft} onChange={change} />
      <div className={classes['editor']}>
        {days.map((weekday, place) => (
          <DayRow
            key={weekday}
            weekday={weekday}
            before={days[place - 1]}
            draft={draft}
            wrongs={editor.wrongs}
            locationId={doctor.locationId}
            onChange={change}
          />
        ))}
      </div>
      <Stack gap="md">
        {editor.affected.length > 0 && (
          <p className={classes['warning']} role="alert">
            {t('doctors.hours.affected', { count: editor.affected.length })}
          </p>
        )}
        {editor.problem && <Problem>{editor.problem}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={editor.saving}>
            {editor.affected.length > 0 ? t('doctors.hours.saveAnyway') : t('doctors.hours.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Validity = ({ draft, onChange }: { draft: HoursDraft; onChange: (draft: HoursDraft) => void }) => {
  const { t } = useTranslation();
  const { today } = useClinic();
  return (
    <div className={classes['validity']}>
      <DatePickerInput
        label={t('doctors.hours.validFrom')}
        minDate={today}
        value={draft.from}
        valueFormat="ddd D MMM YYYY"
        onChange={(from) => onChange({ ...draft, from: from ?? today })}
      />
      <DatePickerInput
        label={t('doctors.hours.validUntil')}
        placeholder={t('doctors.hours.forGood')}
        minDate={draft.from}
        value={draft.until}
        valueFormat="ddd D MMM YYYY"
        clearable
        clearButtonProps={{ 'aria-label': t('doctors.hours.forGood') }}
        onChange={(until) => onChange({ ...draft, until })}
      />
      <NumberInput
        label={t('doctors.hours.slotMinutes')}
        suffix=" min"
        min={5}
        max={240}
        step={5}
        allowDecimal={false}
        clampBehavior="strict"
        value={draft.slotMinutes}
        onChange={(value) => onChange({ ...draft, slotMinutes: Number(value) || 15 })}
      />
    </div>
  );
};

const useEditor = (doctor: DoctorProfile, weeks: readonly WorkingWeek[], onClose: () => void) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { today, zone } = useClinic();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useKept(`hoursDraft ${doctor.id}`, () => draftOf(weeks[0], today));
  const [wrongs, setWrongs] = useState<ReadonlyMap<number, StretchWrong>>(new Map());
  const [affected, setAffected] = useState<readonly Affected[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  useEffect(() => {
    if (wrongs.size > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrongs]);

  const change = (next: HoursDraft): void => {
    setDraft(next);
    setAffected([]);
    setProblem(null);
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const read = readHours(draft);
    setWrongs(read.ok ? new Map() : read.wrongs);
    if (!read.ok || saving) return;
    const hours = { doctorId: doctor.id, from: draft.from, until: draft.until, stretches: read.stretches };
    setSaving(true);
    const outside = affected.length > 0 ? null : await call('affectedAppointments', { hours });
    if (outside?.ok && outside.value.length > 0) {
      setSaving(false);
      return setAffected(outside.value);
    }
    const saved = await call('setWorkingHours', hours);
    setSaving(false);
    if (!saved.ok) return setProblem(errorText(saved.error, zone));
    const name = formats.name(doctor.name);
    toast(t('doctors.hours.saved', { doctor: name }));
    onClose();
    if (affected.length > 0)
      openDialog({ kind: 'affected', title: t('doctors.hours.affectedTitle', { doctor: name }), affected });
  };
  return {
    form,
    draft,
    change,
    wrongs,
    affected,
    problem,
    saving,
    submit: (event: SubmitEvent) => void submit(event),
  };
};
