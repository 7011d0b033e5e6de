import { Button, Checkbox, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog, openDialog, type SlotChoice } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useMoney } from '../../ui/money.ts';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import classes from './booking.module.css';
import { bookedTypes } from './booking-draft.ts';
import { PromiseNote } from './promise-note.tsx';
import { Refused } from './refused.tsx';
import { RepeatPlan } from './repeat.tsx';
import { type Booking, useBooking } from './use-booking.ts';

interface BookProps {
  slot: SlotChoice;
  patient?: PatientBrief;
  visitTypeId?: string;
  /** The length that was marked on the board. */
  minutes?: number;
}

/** Books a slot: visit type, patient, reason, Enter. Other desks see the time held meanwhile. */
export const BookDialog = ({ slot, patient, visitTypeId, minutes }: BookProps) => {
  const { t } = useTranslation();
  const booking = useBooking(slot, patient, visitTypeId, minutes);
  const { repeat } = booking;
  useKeys({ find: () => booking.choosePatient(null) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void booking.save();
  };
  return (
    <DialogWindow title={t('booking.title')} size={repeat.rule ? 920 : 560}>
      <form onSubmit={submit} noValidate>
        <div className={repeat.rule ? classes['columns'] : undefined}>
          <Fields booking={booking} />
          {repeat.rule && <RepeatPlan repeat={repeat} rule={repeat.rule} zone={booking.zone} />}
        </div>
        <Stack gap="md" mt="md">
          {booking.error && <Refused key={booking.tries} booking={booking} error={booking.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button
              type="submit"
              loading={booking.saving}
              disabled={repeat.rule !== null && repeat.chosen.length === 0}
            >
              {repeat.rule ? t('booking.saveSeries', { count: repeat.chosen.length }) : t('booking.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

/** When, what for, who, and whether it repeats. */
const Fields = ({ booking }: { booking: Booking }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { draft, visitTypes, repeat } = booking;
  return (
    <Stack gap="md">
      <When booking={booking} />
      <PromiseNote booking={booking} />
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
        description={<VisitFacts booking={booking} />}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
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
      <SegmentedControl
        size="sm"
        aria-label={t('booking.type')}
        data={bookedTypes.map((value) => ({ value, label: t(`booking.types.${value}`) }))}
        value={draft.type}
        onChange={(value) =>
          booking.change({ type: bookedTypes.find((type) => type === value) ?? 'in_person' })
        }
      />
      <Checkbox label={t('series.repeat')} checked={repeat.rule !== null} onChange={repeat.toggle} />
    </Stack>
  );
};

/** How long the visit takes, what is kept free around it, and what it costs. */
const VisitFacts = ({ booking }: { booking: Booking }) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const { visitType, minutes, fee } = booking;
  const before = visitType?.bufferBeforeMinutes ?? 0;
  const after = visitType?.bufferAfterMinutes ?? 0;
  const facts = [
    t('app.minutes', { count: minutes }),
    before > 0 && t('booking.bufferBefore', { count: before }),
    after > 0 && t('booking.bufferAfter', { count: after }),
    fee && t('booking.fee', { amount: money(fee) }),
  ];
  return <span className="tabular">{facts.filter(Boolean).join(' · ')}</span>;
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
