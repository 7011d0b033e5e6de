import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DuplicateCandidate, PatientBrief } from '../../../src-main/contract/patient.ts';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { fullName } from '../../ui/person-name.tsx';
import classes from './patients.module.css';

const MOST_SHOWN = 3;

/** People who may be the one that is being typed, and on what grounds; each can be taken instead. */
export const Duplicates = ({
  candidates,
  picks,
  onOpen,
}: {
  candidates: readonly DuplicateCandidate[];
  /** The dialog was opened to pick somebody, so an existing patient is taken and not opened. */
  picks: boolean;
  onOpen: (patient: PatientBrief) => void;
}) => {
  const { t } = useTranslation();
  if (candidates.length === 0) return null;
  return (
    <section className={classes['duplicates']} aria-label={t('patients.register.duplicates')}>
      <h3>{t('patients.register.duplicates')}</h3>
      <ul>
        {candidates.slice(0, MOST_SHOWN).map(({ patient, grounds }) => (
          <li key={patient.id}>
            <PatientLine patient={patient} />
            <span className={classes['grounds']}>
              {grounds.map((ground) => t(`patients.register.grounds.${ground}`)).join(' · ')}
            </span>
            <Button variant="default" size="compact-sm" onClick={() => onOpen(patient)}>
              {t(picks ? 'patients.register.take' : 'patients.register.open', { name: fullName(patient) })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};
