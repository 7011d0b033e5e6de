import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DuplicateCandidate, PatientBrief } from '../../../src-main/contract/patient.ts';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { fullName } from '../../ui/person-name.tsx';
import classes from './patients.module.css';

const MOST_SHOWN = 3;

/** People who may be the one that is being typed, and on what grounds; each can be taken instead. */
export const Duplicates = ({
  candidates,
  asked,
  take,
  onOpen,
}: {
  candidates: readonly DuplicateCandidate[];
  /** The registration was held up because of them: the likeliest one gets the focus. */
  asked: boolean;
  /** What becomes of one: opened, taken where the dialog was opened to pick somebody, or taken as the animal's owner. */
  take: 'open' | 'take' | 'takeOwner';
  onOpen: (patient: PatientBrief) => void;
}) => {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (asked) list.current?.querySelector('button')?.focus();
  }, [asked]);
  if (candidates.length === 0) {
    return <p className={classes['alike']}>{t('patients.register.noDuplicates')}</p>;
  }
  return (
    <section className={classes['duplicates']} aria-label={t('patients.register.duplicates')}>
      <h3>{t('patients.register.duplicates')}</h3>
      <ul ref={list}>
        {candidates.slice(0, MOST_SHOWN).map(({ patient, grounds }) => (
          <li key={patient.id}>
            <PatientLine patient={patient} />
            <span className={classes['grounds']}>
              {grounds.map((ground) => t(`patients.register.grounds.${ground}`)).join(' · ')}
            </span>
            <Button variant="default" size="compact-md" onClick={() => onOpen(patient)}>
              {t(`patients.register.${take}`)}
              <span className="sr-only"> {fullName(patient)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};
