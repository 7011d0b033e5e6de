import { Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallResult } from '../../../src-main/contract/calls.ts';
import {
  type Consent,
  ContactPreference,
  type Patient,
  PatientLanguage,
} from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import classes from './patients.module.css';

/** How a patient is reached, in which language, and what the patient says to what; each set where it stands. */
export const Preferences = ({ patient, consents }: { patient: Patient; consents: readonly Consent[] }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const name = fullName(patient);
  const said = (answer: CallResult<'patient'> | CallResult<'updatePatient'> | CallResult<'recordConsent'>) =>
    answer.ok ? toast(t('patients.prefers.saved', { name })) : toastProblem(errorText(answer.error, zone));
  const set = async (values: CallInput<'updatePatient'>['set']): Promise<void> =>
    said(await call('updatePatient', { patientId: patient.id, set: values }));
  return (
    <section className={classes['card']} aria-labelledby="patient-preferences">
      <h2 id="patient-preferences">{t('patients.prefers.title')}</h2>
      <SimpleGrid cols={2} mt="sm" spacing="md">
        <Select
          label={t('patients.field.contactPreference')}
          data={ContactPreference.options.map((value) => ({ value, label: t(`patients.reach.${value}`) }))}
          value={patient.contactPreference}
          placeholder={t('patients.field.notStated')}
          clearable
          clearButtonProps={{ 'aria-label': t('patients.field.notStated') }}
          onChange={(value) =>
            void set({ contactPreference: ContactPreference.safeParse(value).data ?? null })
          }
        />
        <Select
          label={t('patients.field.preferredLanguage')}
          data={PatientLanguage.options.map((value) => ({ value, label: t(`patients.language.${value}`) }))}
          value={patient.preferredLanguage}
          placeholder={t('patients.field.notStated')}
          clearable
          clearButtonProps={{ 'aria-label': t('patients.field.notStated') }}
          onChange={(value) => void set({ preferredLanguage: PatientLanguage.safeParse(value).data ?? null })}
        />
      </SimpleGrid>
      <h3 className={classes['small']}>{t('patients.prefers.consents')}</h3>
      <div className={classes['consents']}>
        {consents.map((consent) => (
          <ConsentRow
            key={consent.kind}
            consent={consent}
            onChange={async (given) =>
              said(await call('recordConsent', { patientId: patient.id, kind: consent.kind, given }))
            }
          />
        ))}
      </div>
    </section>
  );
};

/** One line: to what, yes or no, since when and who wrote it down. */
const ConsentRow = ({
  consent: { kind, given, decidedAt, recordedBy },
  onChange,
}: {
  consent: Consent;
  onChange: (given: boolean) => Promise<void>;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const label = t(`patients.consent.${kind}`);
  return (
    <div role="radiogroup" aria-label={label} className={classes['consent']}>
      <span>{label}</span>
      {[true, false].map((answer) => (
        <label key={String(answer)}>
          <input
            type="radio"
            name={`consent-${kind}`}
            checked={given === answer}
            onChange={() => void onChange(answer)}
          />
          {t(answer ? 'patients.prefers.yes' : 'patients.prefers.no')}
        </label>
      ))}
      <span className="soft">
        {decidedAt
          ? [formats.dayOf(decidedAt, zone), recordedBy].filter(Boolean).join(' · ')
          : t('patients.prefers.notAsked')}
      </span>
    </div>
  );
};
