import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { openPatient } from '../../app/screen.ts';

/** What is known of a patient, in the order of the form. What is not known is left out, except phone and address. */
export const Facts = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const { phone, owner } = patient;
  const none = <span className="soft">{t('patients.page.none')}</span>;
  const tel = (number: string): ReactNode => (
    <Anchor href={`tel:${number.replace(/[^+\d]/g, '')}`} className="tabular">
      {number}
    </Anchor>
  );
  const facts: [string, ReactNode][] = [
    [t('patients.field.phone'), phone ? tel(phone) : none],
    [t('patients.field.address'), [patient.address, patient.city].filter(Boolean).join(', ') || none],
    [t('patients.field.email'), patient.email],
    [
      t('patients.field.owner'),
      owner && (
        <>
          <Anchor component="button" type="button" onClick={() => openPatient(owner.id)}>
            {owner.name}
          </Anchor>
          {owner.phone && <> · {tel(owner.phone)}</>}
        </>
      ),
    ],
    [t('patients.field.gender'), patient.gender && t(`patients.gender.${patient.gender}`)],
    [t('patients.field.emergencyContact'), patient.emergencyContact],
    [t('patients.field.notes'), patient.notes],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <FactLine key={label} label={label} value={value} />
        ))}
    </dl>
  );
};

const FactLine = ({ label, value }: { label: string; value: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
);
