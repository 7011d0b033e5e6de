import { Button, Checkbox, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import type { WaitingListEntry, WaitingWish } from '../../../src-main/contract/waiting-list.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { useCalendarLabels } from '../../ui/calendar-labels.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { useEntryChange } from './use-entry-change.ts';
import classes from './waiting-list.module.css';
import { anyTime, wishOf } from './wish.ts';

interface EntryProps {
  patient?: PatientBrief;
  /** The later appointment that would be moved. */
  appointment?: Appointment;
  /** An entry to change; without it a new one is made. */
  entry?: WaitingListEntry;
}

const firstWish = ({ entry, appointment }: EntryProps): WaitingWish => {
  if (entry) return wishOf(entry);
  if (!appointment) return anyTime;
  const { doctorId, locationId, visitTypeId } = appointment;
  return { ...anyTime, doctorId, locationId, visitTypeId };
};

/** Puts somebody on the waiting list, or changes what they wish. From an appointment Enter is enough. */
export const WaitingListEntryDialog = (props: EntryProps) => {
  const { t } = useTranslation();
  const { add, change } = useEntryChange();
  const { entry, appointment } = props;
  const [patient, setPatient] = useKept(
    'patient',
    props.patient ?? appointment?.patient ?? entry?.patient ?? null,
  );
  const [typed, setTyped] = useKept('typed', '');
  const [wish, setWish] = useKept('wish', () => firstWish(props));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!patient) return;
    const given = { ...wish, notes: wish.notes?.trim() || null };
    const saved = entry
      ? await change(entry, given)
      : await add(patient, {
          patientId: patient.id,
          wish: given,
          ...(appointment ? { appointmentId: appointment.id } : {}),
        });
    if (saved) closeDialog();
  };
  return (
    <DialogWindow
      title={
        patient ? t('waitingList.entry.titleFor', { name: fullName(patient) }) : t('waitingList.entry.title')
      }
      size={560}
    >
      {patient ? (
        <form onSubmit={submit}>
          <Stack gap="md">
            <Later {...props} />
            <WishFields wish={wish} fixed={Boolean(appointment ?? entry?.appointment)} onChange={setWish} />
            <Group justify="flex-end">
              <Button variant="default" onClick={closeDialog}>
                {t('app.cancel')}
              </Button>
              <Button type="submit">
                {t(entry ? 'waitingList.entry.saveChange' : 'waitingList.entry.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <PatientPicker
          inline
          first
          label={t('booking.patient')}
          typed={typed}
          onType={setTyped}
          onPick={setPatient}
          onAdd={(text) => openDialog({ kind: 'register', typed: text, onDone: setPatient })}
        />
      )}
    </DialogWindow>
  );
};

/** The appointment that would be moved. */
const Later = ({ appointment, entry }: EntryProps) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, zoneOf } = useClinic();
  const later = appointment ?? entry?.appointment;
  if (!later) return null;
  const name =
    'doctorName' in later ? later.doctorName : doctors.find(({ id }) => id === later.doctorId)?.name;
  return (
    <Text c="dimmed" className="tabular">
      {t('waitingList.entry.later', {
        when: formats.moment(later.start, zoneOf(later.locationId)),
        doctor: name ? formats.name(name) : '',
      })}
    </Text>
  );
};

const parts = ['any', 'morning', 'afternoon'] as const;

/** What they wish. The visit type is fixed where an appointment would be moved. */
const WishFields = ({
  wish,
  fixed,
  onChange,
}: {
  wish: WaitingWish;
  fixed: boolean;
  onChange: (wish: WaitingWish) => void;
}) => {
  const { t } = useTranslation();
  const calendarLabels = useCalendarLabels();
  const formats = useFormats();
  const { doctors, specialties, locations, today } = useClinic();
  const visitTypes = useLive('visitTypes', {}, ['visit_types']).data ?? [];
  const any = t('waitingList.entry.any');
  const set = (part: Partial<WaitingWish>): void => onChange({ ...wish, ...part });
  return (
    <>
      <div className={classes['pair']}>
        <Select
          label={t('waitingList.entry.who')}
          placeholder={any}
          data={doctors.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
          value={wish.doctorId}
          clearable
          clearButtonProps={{ 'aria-label': any }}
          onChange={(doctorId) => set({ doctorId, specialtyId: null })}
        />
        <Select
          label={t('waitingList.entry.specialty')}
          placeholder={any}
          data={specialties.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
          value={wish.specialtyId}
          clearable
          clearButtonProps={{ 'aria-label': any }}
          onChange={(specialtyId) => set({ specialtyId, doctorId: null })}
        />
        <DatePickerInput
          ariaLabels={calendarLabels}
          label={t('waitingList.entry.from')}
          placeholder={t('waitingList.entry.whenever')}
          minDate={today}
          clearable
          clearButtonProps={{ 'aria-label': t('waitingList.entry.whenever') }}
          value={wish.earliestDay}
          valueFormat="ddd D MMM YYYY"
          onChange={(earliestDay) => set({ earliestDay })}
        />
        <DatePickerInput
          ariaLabels={calendarLabels}
          label={t('waitingList.entry.until')}
          placeholder={t('waitingList.entry.whenever')}
          minDate={wish.earliestDay ?? today}
          clearable
          clearButtonProps={{ 'aria-label': t('waitingList.entry.whenever') }}
          value={wish.latestDay}
          valueFormat="ddd D MMM YYYY"
          onChange={(latestDay) => set({ latestDay })}
        />
        {locations.length > 1 && (
          <Select
            label={t('waitingList.entry.location')}
            placeholder={any}
            data={locations.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
            value={wish.locationId}
            clearable
            clearButtonProps={{ 'aria-label': any }}
            onChange={(locationId) => set({ locationId })}
          />
        )}
        {!fixed && (
          <Select
            label={t('waitingList.entry.visitType')}
            placeholder={any}
            data={visitTypes.map(({ id, name, durationMinutes }) => ({
              value: id,
              label: `${formats.name(name)} · ${t('app.minutes', { count: durationMinutes })}`,
            }))}
            value={wish.visitTypeId}
            clearable
            clearButtonProps={{ 'aria-label': any }}
            onChange={(visitTypeId) => set({ visitTypeId })}
          />
        )}
      </div>
      <SegmentedControl
        aria-label={t('waitingList.entry.partOfDay')}
        data={parts.map((value) => ({ value, label: t(`waitingList.entry.parts.${value}`) }))}
        value={wish.partOfDay}
        onChange={(value) => set({ partOfDay: parts.find((part) => part === value) ?? 'any' })}
      />
      <TextInput
        data-autofocus
        label={t('waitingList.entry.notes')}
        description={t('waitingList.entry.notesHint')}
        maxLength={500}
        autoComplete="off"
        value={wish.notes ?? ''}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
      <Checkbox
        label={t('waitingList.entry.urgent')}
        checked={wish.urgent}
        onChange={(event) => set({ urgent: event.currentTarget.checked })}
      />
    </>
  );
};
