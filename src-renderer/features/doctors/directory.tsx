import { Button, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorProfile } from '../../../src-main/contract/clinic.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { createKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog, openDoctor } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMoney } from '../../ui/money.ts';
import { DirectoryFilters, filterOf, noWishes, type Wishes } from './directory-filters.tsx';
import { Rating, Verified } from './doctor-marks.tsx';
import classes from './doctors.module.css';

/** What a doctor's line shows depends on these. */
export const DOCTOR_TABLES = [
  'doctors',
  'specialties',
  'schedule_templates',
  'doctor_time_slots',
  'appointments',
];

/** What was looked for stays while a doctor's page is open, and so does the line that was chosen. */
const useWishes = createKept<{ wishes: Wishes; chosen: string | null }>(() => ({
  wishes: noWishes,
  chosen: null,
}));

/** Every doctor with specialty, city, rating, fee and next free time; narrowed and sorted. */
export const Directory = () => {
  const { t } = useTranslation();
  const { zone, today } = useClinic();
  const errorText = useErrorText();
  const mayManage = useMay('clinic.manage');
  const wishes = useWishes((state) => state.wishes);
  const { data, error, reload } = useLive('doctorDirectory', filterOf(wishes, today, zone), DOCTOR_TABLES);
  const fees = useFees();
  // A free time passes without any table changing.
  const now = useNow();
  useEffect(() => {
    if (now) reload();
  }, [now, reload]);
  if (error && !data) return <EmptyState title={t('doctors.title')} text={errorText(error, zone)} />;
  if (!data) return null;
  const add = (
    <Button variant="default" onClick={() => openDialog({ kind: 'editDoctor' })}>
      {t('doctors.add')}
    </Button>
  );
  const isEmpty = data.doctors.length === 0;
  return (
    <section className={classes['place']} aria-labelledby="doctors-title">
      <header className={classes['head']}>
        <h1 id="doctors-title">{t('doctors.title')}</h1>
        <p className="soft" role="status">
          {t('doctors.count', { count: data.doctors.length })}
        </p>
        {mayManage && add}
      </header>
      <DirectoryFilters
        wishes={wishes}
        cities={data.cities}
        fees={fees}
        onChange={(part) => useWishes.setState({ wishes: { ...wishes, ...part } })}
      />
      {isEmpty && wishes === noWishes && (
        <EmptyState title={t('doctors.empty')} text={t('doctors.emptyHint')} />
      )}
      {isEmpty && wishes !== noWishes && <p className={classes['none']}>{t('doctors.none')}</p>}
      {!isEmpty && <Lines doctors={data.doctors} />}
    </section>
  );
};

/** The fees that doctors here ask, to choose a limit from; in the clinic's currency. */
const useFees = (): number[] => {
  const { doctors, clinic } = useClinic();
  const own = doctors.flatMap(({ fee }) => (fee?.currency === clinic.currency ? [fee.minor] : []));
  return [...new Set(own)].sort((a, b) => a - b);
};

/** One tab stop; the arrows go from line to line, Enter opens. */
const Lines = ({ doctors }: { doctors: readonly DoctorProfile[] }) => {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const kept = useWishes((state) => state.chosen);
  const chosen = doctors.some(({ id }) => id === kept) ? kept : doctors[0]?.id;
  const focus = (id: string | null | undefined): void =>
    list.current?.querySelector<HTMLElement>(`[data-doctor="${id}"]`)?.focus();
  useKeys({ enterBoard: () => focus(chosen) });
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = doctors.findIndex(({ id }) => id === chosen);
    const next = doctors[Math.min(doctors.length - 1, Math.max(0, at + step))];
    useWishes.setState({ chosen: next?.id ?? null });
    focus(next?.id);
  };
  return (
    <div className={classes['list']}>
      <div className={classes['columns']} aria-hidden="true">
        <span>{t('doctors.doctor')}</span>
        <span>{t('doctors.rating')}</span>
        <span>{t('doctors.fee')}</span>
        <span>{t('doctors.next')}</span>
      </div>
      <ul ref={list} onKeyDown={onKeyDown}>
        {doctors.map((doctor) => (
          <li key={doctor.id}>
            <Line doctor={doctor} isStop={doctor.id === chosen} />
          </li>
        ))}
      </ul>
    </div>
  );
};

const Line = ({ doctor, isStop }: { doctor: DoctorProfile; isStop: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { zoneOf } = useClinic();
  const facts = [doctor.specialty && formats.name(doctor.specialty.name), doctor.city].filter(Boolean);
  const next = doctor.nextAvailable;
  return (
    <UnstyledButton
      className={classes['line']}
      data-doctor={doctor.id}
      data-left={doctor.active ? undefined : true}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => useWishes.setState({ chosen: doctor.id })}
      onClick={() => openDoctor(doctor.id)}
    >
      <span className={classes['who']}>
        <strong>{formats.name(doctor.name)}</strong>
        {doctor.verified && <Verified />}
        <span className="soft">{facts.join(' · ')}</span>
      </span>
      <Rating doctor={doctor} />
      <span className="tabular">{doctor.fee ? money(doctor.fee) : '–'}</span>
      <span className="tabular">
        {!doctor.active && t('doctors.left')}
        {doctor.active && !doctor.hasHours && next === null && t('doctors.noHours')}
        {doctor.active && doctor.hasHours && next === null && t('doctors.noFree')}
        {doctor.active && next !== null && formats.moment(next, zoneOf(doctor.locationId))}
      </span>
    </UnstyledButton>
  );
};
