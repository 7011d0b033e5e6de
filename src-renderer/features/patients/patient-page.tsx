import { Button, Group, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { useLive } from '../../api/live.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { ContactState } from './contact-state.tsx';
import { useDrafts } from './drafts.ts';
import { EditPatient } from './edit-patient.tsx';
import { Facts } from './facts.tsx';
import { isAnimal } from './patient-draft.ts';
import type { PatientSection } from './patient-section.ts';
import classes from './patients.module.css';
import { Preferences } from './preferences.tsx';
import { Animals, Merged } from './relatives.tsx';
import { Visits } from './visits.tsx';

const TABLES = ['patients', 'patient_merges', 'patient_consents', 'appointments', 'outbox', 'refusals'];

/** One patient: who, how to reach them, and every appointment; booking and check-in begin here too. */
export const PatientPage = ({
  patientId,
  sections,
}: {
  patientId: string;
  sections: Record<string, PatientSection>;
}) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const { data, error } = useLive('patient', { patientId }, TABLES);
  if (error)
    return <EmptyState title={t('patients.page.title')} text={errorText(error, zone)} keyName="find" />;
  if (!data) return null;
  return <PatientRecord key={data.patient.id} page={data} sections={sections} />;
};

const PatientRecord = ({
  page: { patient, appointments, animals, consents, merged },
  sections,
}: {
  page: CallOutput<'patient'>;
  sections: Record<string, PatientSection>;
}) => {
  const { t } = useTranslation();
  const kept = useDrafts((drafts) => drafts.edits[patient.id] !== undefined);
  const [editing, setEditing] = useState(kept);
  const { zone, today, clinic } = useClinic();
  const actions = useAppointmentActions();
  const dayOf = (instant: string): string =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
  const isNext = ({ start, status }: Appointment): boolean =>
    dayOf(start) >= today && !['completed', 'cancelled', 'no_show', 'left'].includes(status);
  const next = appointments.filter(isNext).sort((a, b) => a.start.localeCompare(b.start));
  const past = appointments.filter((appointment) => !isNext(appointment));
  const expected = next.find(({ start, status }) => dayOf(start) === today && status === 'scheduled');

  const book = (): void => openDialog({ kind: 'nextFree', patient });
  const checkIn = (): unknown => (expected ? actions.checkIn(expected) : false);
  const edit = (): void => setEditing(true);
  const merge = (): void => openDialog({ kind: 'merge', patient });
  const erase = (): void => openDialog({ kind: 'erase', patient });
  const mayErase = useMay('patients.erase');
  useKeys({
    nextFree: book,
    checkIn,
    editPatient: edit,
    mergePatient: merge,
    ...(mayErase ? { erasePatient: erase } : {}),
  });
  const owns = clinic.kind === 'veterinary' && !isAnimal(patient);

  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <Heading patient={patient} />
        <Group gap="sm">
          <Button variant={expected ? 'default' : 'filled'} onClick={book}>
            {t('patients.page.book')}
            <KeyHint keyName="nextFree" />
          </Button>
          {expected && (
            <Button onClick={checkIn}>
              {t('patients.page.checkIn')}
              <KeyHint keyName="checkIn" />
            </Button>
          )}
          <MoreMenu onMerge={merge} onErase={mayErase ? erase : null} />
        </Group>
      </header>
      <div className={classes['column']}>
        <section className={classes['card']} aria-labelledby="patient-facts">
          <Group justify="space-between">
            <h2 id="patient-facts">{t('patients.page.facts')}</h2>
            {!editing && (
              <Button variant="subtle" size="compact-md" onClick={edit}>
                {t('patients.page.edit')}
                <KeyHint keyName="editPatient" />
              </Button>
            )}
          </Group>
          {editing ? (
            <EditPatient patient={patient} onClose={() => setEditing(false)} />
          ) : (
            <>
              <ContactState patient={patient} />
              <Facts patient={patient} />
            </>
          )}
        </section>
        {owns && <Animals owner={patient} animals={animals} />}
        {!isAnimal(patient) && <Preferences patient={patient} consents={consents} />}
        <Merged merged={merged} />
      </div>
      <div className={classes['column']}>
        {(!owns || appointments.length > 0) && (
          <section className={classes['card']}>
            <h2>{t('patients.page.next')}</h2>
            <Visits appointments={next} none={t('patients.page.noNext')} />
            <h2>{t('patients.page.past')}</h2>
            <Visits appointments={past} none={t('patients.page.noPast')} />
          </section>
        )}
        {Object.entries(sections).map(([name, Section]) => (
          <Section key={name} patient={patient} />
        ))}
      </div>
    </div>
  );
};

/** What is seldom done to a record. */
const MoreMenu = ({ onMerge, onErase }: { onMerge: () => void; onErase: (() => void) | null }) => {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">{t('patients.page.more')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={<KeyHint keyName="mergePatient" />} onClick={onMerge}>
          {t('patients.merge.open')}
        </Menu.Item>
        {onErase && (
          <Menu.Item color="red" onClick={onErase}>
            {t('patients.erase.open')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};

const Heading = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { today } = useClinic();
  const born = patient.dateOfBirth;
  const years = born ? Temporal.PlainDate.from(born).until(today, { largestUnit: 'years' }).years : 0;
  const facts = [
    [patient.species, patient.breed].filter(Boolean).join(', '),
    born &&
      `${t('patients.find.born', { date: formats.date(born) })} · ${t('patients.page.age', { count: years })}`,
    patient.owner && `${t('patients.find.owner')} ${patient.owner.name}`,
  ].filter(Boolean);
  return (
    <div>
      <h1>{fullName(patient)}</h1>
      <p className="soft tabular">{facts.join(' · ')}</p>
    </div>
  );
};
