import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DoctorProfile } from '../../../src-main/contract/clinic.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog, openDoctor } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExceptionsList } from '../../ui/exceptions-list.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useMoney } from '../../ui/money.ts';
import { DOCTOR_TABLES } from './directory.tsx';
import { Rating, Verified } from './doctor-marks.tsx';
import classes from './doctors.module.css';
import { HoursSection } from './hours-section.tsx';

/** One doctor: the profile, the weekly hours and what departs from them, and the way to the next free time. */
export const DoctorPage = ({ doctorId }: { doctorId: string }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const { data, error } = useLive('doctorProfile', { doctorId }, DOCTOR_TABLES);
  const back = (): void => openDoctor(null);
  useKeys({ back });
  if (error) return <EmptyState title={t('doctors.title')} text={errorText(error, zone)} />;
  if (!data) return null;
  return (
    <div className={classes['page']}>
      <Head doctor={data} onBack={back} />
      <Profile doctor={data} />
      <HoursSection doctor={data} />
      <Away doctorId={data.id} />
    </div>
  );
};

const Head = ({ doctor, onBack }: { doctor: DoctorProfile; onBack: () => void }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const book = (): void => openDialog({ kind: 'nextFree', doctorId: doctor.id });
  useKeys({ nextFree: doctor.active ? book : () => false });
  const next = doctor.nextAvailable;
  return (
    <header className={classes['head']}>
      <Button variant="subtle" size="compact-md" onClick={onBack}>
        {t('doctors.page.back')}
        <KeyHint keyName="back" />
      </Button>
      <h1>{formats.name(doctor.name)}</h1>
      {doctor.verified && <Verified />}
      <span className="soft tabular">
        {!doctor.active && t('doctors.left')}
        {doctor.active &&
          (next === null
            ? t('doctors.noFree')
            : `${t('doctors.next')}: ${formats.moment(next, zoneOf(doctor.locationId))}`)}
      </span>
      <Button onClick={book} disabled={!doctor.active}>
        {t('doctors.page.book')}
        <KeyHint keyName="nextFree" />
      </Button>
    </header>
  );
};

const Profile = ({ doctor }: { doctor: DoctorProfile }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { locations } = useClinic();
  const mayManage = useMay('clinic.manage');
  const home = locations.find(({ id }) => id === doctor.locationId);
  const bio = formats.name(doctor.bio);
  const facts: [string, string | undefined | null][] = [
    [
      t('doctors.page.specialty'),
      doctor.specialty ? formats.name(doctor.specialty.name) : doctor.specialization,
    ],
    [t('doctors.fee'), doctor.fee && money(doctor.fee)],
    [t('doctors.page.home'), home && formats.name(home.name)],
    [t('doctors.page.city'), doctor.city],
    [t('doctors.page.phone'), doctor.phone],
    [t('doctors.page.email'), doctor.email],
  ];
  return (
    <section className={classes['card']} aria-labelledby="doctor-profile">
      <div className={classes['cardHead']}>
        <h2 id="doctor-profile">{t('doctors.page.about')}</h2>
        {mayManage && (
          <Group gap="xs">
            <InUse doctor={doctor} />
            <Button
              variant="subtle"
              size="compact-md"
              onClick={() => openDialog({ kind: 'editDoctor', doctor })}
            >
              {t('doctors.page.edit')}
            </Button>
          </Group>
        )}
      </div>
      <p className={bio ? classes['bio'] : `${classes['bio']} soft`}>{bio || t('doctors.page.noBio')}</p>
      <dl className="facts">
        <dt>{t('doctors.rating')}</dt>
        <dd>
          <Rating doctor={doctor} />
        </dd>
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => [<dt key={label}>{label}</dt>, <dd key={`${label} value`}>{value}</dd>])}
      </dl>
    </section>
  );
};

/** A doctor who leaves goes off the board; the record and everything booked stay. */
const InUse = ({ doctor }: { doctor: DoctorProfile }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const toggle = async (): Promise<void> => {
    const inUse = !doctor.active;
    const answer = await call('setInUse', { what: 'doctor', id: doctor.id, inUse });
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    const name = { doctor: formats.name(doctor.name) };
    toast(inUse ? t('doctors.page.backNow', name) : t('doctors.page.leftNow', name));
  };
  return (
    <Button variant="subtle" color="gray" size="compact-md" onClick={() => void toggle()}>
      {doctor.active ? t('doctors.page.leaves') : t('doctors.page.comesBack')}
    </Button>
  );
};

const Away = ({ doctorId }: { doctorId: string }) => {
  const { t } = useTranslation();
  const mayPlan = useMay('schedule.plan');
  return (
    <section className={classes['card']} aria-labelledby="doctor-away">
      <div className={classes['cardHead']}>
        <h2 id="doctor-away">{t('doctors.away.title')}</h2>
        {mayPlan && (
          <Group gap="xs">
            <Button
              variant="default"
              size="compact-md"
              onClick={() => openDialog({ kind: 'exception', exception: 'leave', doctorId })}
            >
              {t('doctors.away.addLeave')}
            </Button>
            <Button
              variant="subtle"
              size="compact-md"
              onClick={() => openDialog({ kind: 'exception', exception: 'block', doctorId })}
            >
              {t('doctors.away.add')}
            </Button>
          </Group>
        )}
      </div>
      <ExceptionsList doctorId={doctorId} none={t('doctors.away.none')} />
    </section>
  );
};
