import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { FreeTime, VisitType } from '../../../src-main/contract/appointment.ts';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { useCalendarLabels } from '../../ui/calendar-labels.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { FreeTimes } from '../../ui/free-times.tsx';
import { fullName } from '../../ui/person-name.tsx';
import classes from './booking.module.css';
import { ORDINARY_MINUTES, usualVisit } from './usual-visit.ts';

const TABLES = ['appointments', 'doctor_time_slots'];
const parts = ['any', 'morning', 'afternoon'] as const;

interface NextFreeProps {
  patient?: PatientBrief;
  doctorId?: string;
  specialtyId?: string;
  visitTypeId?: string;
  onTake?: (time: FreeTime, visitTypeId: string | undefined) => void;
}

interface Wishes {
  visitTypeId: string | null;
  doctorId: string | null;
  specialtyId: string | null;
  /** Null is any location. */
  locationId: string | null;
  /** Null is from now on. */
  day: string | null;
  partOfDay: (typeof parts)[number];
}

/** The five soonest free times that fit the wishes; Enter takes the one that has the focus. */
export const NextFreeDialog = ({ patient, doctorId, specialtyId, visitTypeId, onTake }: NextFreeProps) => {
  const { t } = useTranslation();
  const { location } = useClinic();
  const [wishes, setWishes] = useKept<Wishes>('wishes', {
    visitTypeId: visitTypeId ?? null,
    doctorId: doctorId ?? null,
    specialtyId: specialtyId ?? null,
    locationId: location.id,
    day: null,
    partOfDay: 'any',
  });
  const visitTypes = useLive('visitTypes', {}, ['visit_types']).data;
  const visit = visitTypes && (wishes.visitTypeId ?? usualVisit(visitTypes, ORDINARY_MINUTES)?.id);
  const times = useFreeTimes(wishes, visitTypes && { visitTypeId: visit });
  const take = (time: FreeTime): void => {
    closeDialog();
    if (onTake) onTake(time, visit);
    else
      openDialog({
        kind: 'book',
        slot: time,
        ...(visit ? { visitTypeId: visit } : {}),
        ...(patient ? { patient } : {}),
      });
  };
  return (
    <DialogWindow
      title={patient ? t('booking.finder.titleFor', { name: fullName(patient) }) : t('booking.finder.title')}
      size={560}
    >
      <Stack gap="md">
        <WishFields
          wishes={{ ...wishes, visitTypeId: visit ?? null }}
          visitTypes={visitTypes ?? []}
          onChange={(part) => setWishes({ ...wishes, ...part })}
        />
        <section className={classes['results']} aria-label={t('booking.finder.results')}>
          {times && <FreeTimes takesFocus times={times} none={t('booking.finder.none')} onTake={take} />}
        </section>
        <Group justify="space-between">
          <Text c="dimmed" size="xs">
            {t('booking.finder.keys')}
          </Text>
          {!onTake && (
            <Button
              variant="subtle"
              size="compact-md"
              onClick={() => openDialog({ kind: 'waitingListEntry', ...(patient ? { patient } : {}) })}
            >
              {t('booking.finder.waitingList')}
            </Button>
          )}
        </Group>
      </Stack>
    </DialogWindow>
  );
};

/** Undefined until the visit types are known and the first answer is here. */
const useFreeTimes = (
  wishes: Wishes,
  visit: { visitTypeId: string | undefined } | undefined,
): FreeTime[] | undefined => {
  const { zone, today } = useClinic();
  const after = wishes.day && wishes.day > today ? startOf(wishes.day, zone) : undefined;
  const input: CallInput<'nextFree'> = {
    partOfDay: wishes.partOfDay,
    ...(wishes.locationId ? { locationId: wishes.locationId } : {}),
    ...(visit?.visitTypeId ? { visitTypeId: visit.visitTypeId } : {}),
    ...(wishes.doctorId ? { doctorId: wishes.doctorId } : {}),
    ...(wishes.specialtyId ? { specialtyId: wishes.specialtyId } : {}),
    ...(after ? { after } : {}),
  };
  return useLive('nextFree', visit ? input : null, TABLES).data;
};

/** The instant at which a day begins in a zone. */
const startOf = (day: string, zone: string): string =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds).toISOString();

const WishFields = ({
  wishes,
  visitTypes,
  onChange,
}: {
  wishes: Wishes;
  visitTypes: readonly VisitType[];
  onChange: (part: Partial<Wishes>) => void;
}) => {
  const { t } = useTranslation();
  const calendarLabels = useCalendarLabels();
  const formats = useFormats();
  const { doctors, specialties, locations, today } = useClinic();
  const here = doctors.filter(
    ({ locationId }) => wishes.locationId === null || locationId === null || locationId === wishes.locationId,
  );
  return (
    <div className={classes['finder']}>
      <Select
        label={t('booking.visitType')}
        data={visitTypes.map(({ id, name, durationMinutes }) => ({
          value: id,
          label: `${formats.name(name)} · ${t('app.minutes', { count: durationMinutes })}`,
        }))}
        value={wishes.visitTypeId}
        allowDeselect={false}
        onChange={(visitTypeId) => onChange({ visitTypeId })}
      />
      <Select
        label={t('booking.doctor')}
        placeholder={t('booking.finder.anyDoctor')}
        data={here.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
        value={wishes.doctorId}
        clearable
        clearButtonProps={{ 'aria-label': t('booking.finder.anyDoctor') }}
        onChange={(doctorId) => onChange({ doctorId, specialtyId: null })}
      />
      <Select
        label={t('booking.finder.specialty')}
        placeholder={t('booking.finder.anySpecialty')}
        data={specialties.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
        value={wishes.specialtyId}
        clearable
        clearButtonProps={{ 'aria-label': t('booking.finder.anySpecialty') }}
        onChange={(specialtyId) => onChange({ specialtyId, doctorId: null })}
      />
      {locations.length > 1 && (
        <Select
          label={t('booking.finder.location')}
          placeholder={t('booking.finder.anyLocation')}
          data={locations.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
          value={wishes.locationId}
          clearable
          clearButtonProps={{ 'aria-label': t('booking.finder.anyLocation') }}
          onChange={(locationId) => onChange({ locationId, doctorId: null })}
        />
      )}
      <DatePickerInput
        ariaLabels={calendarLabels}
        label={t('booking.finder.after')}
        minDate={today}
        value={wishes.day ?? today}
        valueFormat="ddd D MMM YYYY"
        onChange={(day) => onChange({ day })}
      />
      <SegmentedControl
        style={{ gridColumn: '1 / -1' }}
        aria-label={t('booking.finder.partOfDay')}
        data={parts.map((value) => ({ value, label: t(`booking.finder.${value}`) }))}
        value={wishes.partOfDay}
        onChange={(value) => onChange({ partOfDay: parts.find((part) => part === value) ?? 'any' })}
      />
    </div>
  );
};
