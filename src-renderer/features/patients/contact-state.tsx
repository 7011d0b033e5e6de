import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import classes from './patients.module.css';

/** When phone and address were last confirmed, or that it is time to ask. */
export const ContactState = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const confirm = async (): Promise<void> => {
    const answer = await call('updatePatient', {
      patientId: patient.owner?.id ?? patient.id,
      set: {},
      confirmContact: true,
    });
    if (answer.ok) toast(t('patients.page.confirmed', { name: fullName(patient) }));
    else toastProblem(errorText(answer.error, zone));
  };
  if (patient.contactDue) {
    return (
      <div className={classes['contact']}>
        <Text fw={550}>{t('patients.page.contactDue')}</Text>
        {(patient.owner || (patient.phone && patient.address)) && (
          <Button variant="default" size="compact-md" onClick={() => void confirm()}>
            {t('patients.page.confirmContact')}
          </Button>
        )}
      </div>
    );
  }
  if (!patient.contactConfirmedAt) return null;
  const day = Temporal.Instant.from(patient.contactConfirmedAt).toZonedDateTimeISO(zone).toPlainDate();
  return (
    <Text size="xs" c="dimmed" my="sm">
      {t('patients.page.contactConfirmed', { date: formats.day(day.toString()) })}
    </Text>
  );
};
