import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKept } from '../../app/kept.ts';
import { openDialog, openPatient, useScreen } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { PatientPage } from './patient-page.tsx';
import type { PatientSection } from './patient-section.ts';
import classes from './patients.module.css';

/** The patients' place: one patient's page, or a search as long as none was chosen. */
export const PatientPlace = ({ sections }: { sections: Record<string, PatientSection> }) => {
  const patientId = useScreen((screen) => screen.patientId);
  useKeys({ findDuplicates: () => openDialog({ kind: 'duplicates' }) });
  return patientId ? (
    <PatientPage key={patientId} patientId={patientId} sections={sections} />
  ) : (
    <NobodyYet />
  );
};

const NobodyYet = () => {
  const { t } = useTranslation();
  const [typed, setTyped] = useKept('search', '');
  const register = (text?: string): void =>
    openDialog({ kind: 'register', ...(text ? { typed: text } : {}) });
  return (
    <section className={classes['search']} aria-labelledby="find-patient">
      <h1 id="find-patient">{t('patients.find.title')}</h1>
      <PatientPicker
        inline
        label={t('patients.find.label')}
        typed={typed}
        onType={setTyped}
        onPick={(patient) => openPatient(patient.id)}
        onAdd={register}
      />
      <Group justify="space-between" mt="md">
        <span className="soft">
          {t('patients.page.anywhere')}
          <KeyHint keyName="find" />
        </span>
        <Button variant="default" onClick={() => register()}>
          {t('patients.page.addButton')}
          <KeyHint keyName="register" />
        </Button>
      </Group>
      <Group mt="sm">
        <Button variant="subtle" size="compact-md" onClick={() => openDialog({ kind: 'duplicates' })}>
          {t('patients.duplicates.open')}
          <KeyHint keyName="findDuplicates" />
        </Button>
      </Group>
    </section>
  );
};
