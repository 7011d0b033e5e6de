import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog, openDialog, type SlotChoice } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import classes from './booking.module.css';
import { Refused } from './refused.tsx';
import { type Booking, useBooking } from './use-booking.ts';

interface BookProps {
  slot: SlotChoice;
  patient?: PatientBrief;
  visitTypeId?: string;
}

/** Books a slot: visit type, patient, reason, Enter. */
export const BookDialog = ({ slot, patient, visitTypeId }: BookProps) => {
  const { t } = useTranslation();
  const booking = useBooking(slot, patient, visitTypeId);
  const { draft, visitTypes } = booking;
  const formats = useFormats();
  useKeys({ find: () => booking.choosePatient(null) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void booking.save();
  };
  return (
    <DialogWindow title={t('booking.title')} size={560}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <When booking={booking} />
          {booking.kept && (
            <Group justify="space-between" gap="sm">
              <Text c="dimmed">{t('booking.draftKept')}</Text>
              <Button variant="subtle" size="compact-sm" onClick={booking.startAfresh}>
                {t('booking.startAfresh')}
              </Button>
            </Group>
          )}
          <Select
            label={t('booking.visitType')}
            data={visitTypes.map(({ id, name, durationMinutes }) => ({
              value: id,
              label: `${formats.name(name)} · ${t('app.minutes', { count: durationMinutes })}`,
            }))}
            value={booking.visitType?.id ?? null}
            allowDeselect={false}
            selectFirstOptionOnChange
            comboboxProps={{ shadow: 'md' }}
            onChange={(visitTypeId) => booking.change({ visitTypeId })}
          />
          <Who booking={booking} />
          <TextInput
            ref={booking.reasonField}
            data-autofocus={draft.patient ? true : undefined}
            label={t('booking.reason')}
            description={t('booking.reasonHint')}
            maxLength={255}
            autoComplete="off"
            value={draft.reason}
            onChange={(event) => booking.change({ reason: event.currentTarget.value })}
          />
          {booking.error && <Refused key={booking.tries} booking={booking} error={booking.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={booking.saving}>
              {t('booking.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

/** Doctor, day and time, large, and a way to another time. */
const When = ({ booking }: { booking: Booking }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors } = useClinic();
  const { slot, end, zone } = booking;
  const doctor = doctors.find(({ id }) => id === slot.doctorId);
  return (
    <div className={classes['when']}>
      <div>
        <p className={classes['time']}>
          <time dateTime={slot.start}>{formats.range(slot.start, end, zone)}</time>
        </p>
        <p>
          {doctor && formats.name(doctor.name)}
          <span className="soft"> · {formats.dayOf(slot.start, zone)}</span>
        </p>
      </div>
      <Button variant="subtle" size="compact-md" onClick={booking.findAnotherTime}>
        {t('booking.changeTime')}
      </Button>
    </div>
  );
};

/** The patient, or the search for one. */
const Who = ({ booking }: { booking: Booking }) => {
  const { t } = useTranslation();
  const { draft } = booking;
  if (draft.patient) {
    return (
      <section className={classes['who']} aria-label={t('booking.patient')}>
        <PatientLine patient={draft.patient} />
        <Button variant="subtle" size="compact-md" onClick={() => booking.choosePatient(null)}>
          {t('booking.changePatient')}
        </Button>
      </section>
    );
  }
  return (
    <PatientPicker
      inline
      first
      inputRef={booking.patientField}
      label={t('booking.patient')}
      typed={draft.typed}
      error={booking.noPatient ? t('booking.needPatient') : undefined}
      onType={(typed) => booking.change({ typed })}
      onPick={booking.choosePatient}
      onAdd={(typed) => openDialog({ kind: 'register', typed, onDone: booking.choosePatient })}
    />
  );
};
