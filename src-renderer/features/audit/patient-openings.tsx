import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { useMay } from '../../app/rights.ts';
import { openSettings } from '../../app/screen.ts';
import { fullName } from '../../ui/person-name.tsx';
import { ask } from './asked.ts';
import classes from './audit.module.css';
import { Entries } from './entries.tsx';
import { useAudit } from './use-audit.ts';

/** Who opened this record: read when it is asked for, since the reading stands in the audit too. */
export const PatientOpenings = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const mayRead = useMay('audit.read');
  const [shown, setShown] = useState<string | null>(null);
  if (!mayRead) return null;
  const inAudit = (): void => {
    ask({ patient: { id: patient.id, name: fullName(patient) } });
    openSettings('audit');
  };
  return (
    <section className={classes['openings']} aria-labelledby="patient-openings">
      <header>
        <h2 id="patient-openings">{t('audit.openings')}</h2>
        <Button variant="default" size="compact-md" onClick={inAudit}>
          {t('audit.wholeHistory')}
        </Button>
      </header>
      {shown === patient.id ? (
        <Openings patientId={patient.id} />
      ) : (
        <Button variant="default" size="compact-md" onClick={() => setShown(patient.id)}>
          {t('audit.showOpenings')}
        </Button>
      )}
    </section>
  );
};

const Openings = ({ patientId }: { patientId: string }) => (
  <Entries ofPatient audit={useAudit({ patientId, kind: 'openings' })} />
);
