import { Button, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditFilter, AuditKind, type AuditPage } from '../../../src-main/contract/audit.ts';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { ask, useAsked } from './asked.ts';
import classes from './audit.module.css';

interface FiltersProps extends Pick<AuditPage, 'people' | 'desks'> {
  filter: AuditFilter;
}

const options = (all: readonly { id: string; name: string }[]) =>
  all.map(({ id, name }) => ({ value: id, label: name }));

/** Whose doings, where, of what kind, about whom, and on which days. */
export const Filters = ({ filter, people, desks }: FiltersProps) => {
  const { t } = useTranslation();
  const days = (from: string, to: string): void => ask(from <= to ? { from, to } : { from: to, to: from });
  const { from = '', to = '' } = filter;
  return (
    <div className={classes['filters']}>
      <DatePickerInput
        label={t('audit.from')}
        value={from}
        valueFormat="ddd D MMM YYYY"
        onChange={(day) => day && days(day, to)}
      />
      <DatePickerInput
        label={t('audit.to')}
        value={to}
        valueFormat="ddd D MMM YYYY"
        onChange={(day) => day && days(from, day)}
      />
      <Select
        label={t('audit.kind.label')}
        placeholder={t('audit.kind.all')}
        data={AuditKind.options.map((value) => ({ value, label: t(`audit.kind.${value}`) }))}
        value={filter.kind ?? null}
        clearable
        clearButtonProps={{ 'aria-label': t('audit.kind.all') }}
        onChange={(value) => ask({ kind: AuditKind.options.find((kind) => kind === value) })}
      />
      <Select
        label={t('audit.person')}
        placeholder={t('audit.everybody')}
        data={options(people)}
        value={filter.personId ?? null}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('audit.everybody') }}
        onChange={(value) => ask({ personId: value ?? undefined })}
      />
      {desks.length > 1 && (
        <Select
          label={t('audit.desk')}
          placeholder={t('audit.everywhere')}
          data={options(desks)}
          value={filter.deskId ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('audit.everywhere') }}
          onChange={(value) => ask({ deskId: value ?? undefined })}
        />
      )}
      <PatientFilter />
    </div>
  );
};

/** Whom it is about: found by name, then shown with a way back to everybody. */
const PatientFilter = () => {
  const { t } = useTranslation();
  const { asked } = useAsked();
  const [typed, setTyped] = useState('');
  if (!asked.patient)
    return (
      <PatientPicker
        inline
        label={t('audit.patient')}
        typed={typed}
        onType={setTyped}
        onPick={(patient) => {
          setTyped('');
          ask({ patient: { id: patient.id, name: fullName(patient) } });
        }}
      />
    );
  return (
    <div className={classes['chosen']}>
      <span>{t('audit.patient')}</span>
      <span>
        <strong>{asked.patient.name}</strong>
        <Button variant="default" size="compact-sm" onClick={() => ask({ patient: undefined })}>
          {t('audit.allPatients')}
        </Button>
      </span>
    </div>
  );
};
