import { Button, Group, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MergedRecord, Patient, PatientBrief } from '../../../src-main/contract/patient.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openDialog, openPatient } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { useMergeText } from './merge-text.ts';
import classes from './patients.module.css';

/** An owner's animals, each one press away, and how to add one. */
export const Animals = ({ owner, animals }: { owner: Patient; animals: readonly PatientBrief[] }) => {
  const { t } = useTranslation();
  return (
    <section className={classes['card']} aria-labelledby="patient-animals">
      <Group justify="space-between">
        <h2 id="patient-animals">{t('patients.animals.title')}</h2>
        <Button variant="subtle" size="compact-md" onClick={() => openDialog({ kind: 'register', owner })}>
          {t('patients.animals.add')}
        </Button>
      </Group>
      {animals.length === 0 && <p className="soft">{t('patients.animals.none')}</p>}
      <ul className={classes['people']}>
        {animals.map((animal) => (
          <li key={animal.id}>
            <UnstyledButton onClick={() => openPatient(animal.id)}>
              <PatientLine patient={{ ...animal, owner: null }} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** The records that were merged into this one, each to be taken apart again. */
export const Merged = ({ merged }: { merged: readonly MergedRecord[] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { undoMerge, sayApart } = useMergeText();
  if (merged.length === 0) return null;
  const apart = async (patient: PatientBrief): Promise<void> => {
    if (await undoMerge(patient.id)) sayApart(patient);
  };
  return (
    <section className={classes['card']} aria-labelledby="patient-merged">
      <h2 id="patient-merged">{t('patients.merge.from')}</h2>
      <ul className={classes['people']}>
        {merged.map(({ patient, mergedAt, mergedBy }) => (
          <li key={patient.id}>
            <Group justify="space-between" wrap="nowrap" align="start">
              <div>
                <PatientLine patient={patient} />
                <span className={classes['when']}>
                  {[formats.dayOf(mergedAt, zone), mergedBy].filter(Boolean).join(' · ')}
                </span>
              </div>
              <Button variant="default" size="compact-md" flex="none" onClick={() => void apart(patient)}>
                {t('patients.merge.undo')}
                <span className="sr-only"> {fullName(patient)}</span>
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
};
