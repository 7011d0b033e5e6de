import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { PrescriptionList } from './prescription-list.tsx';
import classes from './prescriptions.module.css';

const TABLES = ['prescriptions', 'appointments', 'doctors', 'patients', 'patient_merges', 'outbox'];

/** The prescriptions of the chosen appointment. */
export const PanelPrescriptions = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const mayWrite = useMay('prescriptions.write') && appointment.status !== 'held';
  const { data } = useLive('prescriptions', { appointmentId: appointment.id }, TABLES);
  const write = (): void => openDialog({ kind: 'prescription', appointment });
  useKeys(mayWrite ? { prescribe: write } : {});
  const own = data?.filter(({ appointmentId }) => appointmentId === appointment.id);
  if (!own || (own.length === 0 && !mayWrite)) return null;
  return (
    <section className={classes['panel']} aria-labelledby="panel-prescriptions">
      <header>
        <h3 id="panel-prescriptions">{t('prescriptions.title')}</h3>
        {mayWrite && (
          <Button variant="subtle" size="compact-sm" onClick={write}>
            {t('prescriptions.write')}
          </Button>
        )}
      </header>
      {own.length > 0 && <PrescriptionList prescriptions={own} />}
    </section>
  );
};

/** Every prescription of a patient, newest first. */
export const PatientPrescriptions = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const { data } = useLive('prescriptions', { patientId: patient.id }, TABLES);
  if (!data) return null;
  return (
    <section className={classes['card']} aria-labelledby="patient-prescriptions">
      <h2 id="patient-prescriptions">{t('prescriptions.title')}</h2>
      {data.length === 0 ? (
        <p className="soft">{t('prescriptions.none')}</p>
      ) : (
        <PrescriptionList prescriptions={data} />
      )}
    </section>
  );
};
