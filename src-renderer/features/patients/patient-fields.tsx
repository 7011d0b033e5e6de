import { Button, Group, Input, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Gender } from '../../../src-main/contract/patient.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { fullName } from '../../ui/person-name.tsx';
import type { PatientDraft, TextField, Wrongs } from './patient-draft.ts';

interface FieldsProps {
  draft: PatientDraft;
  wrongs: Wrongs;
  onChange: (draft: PatientDraft) => void;
}

/** Every field of a patient; an animal's too where the clinic is a veterinary one. Wrong ones say what to do. */
export const PatientFields = ({ draft, wrongs, onChange }: FieldsProps) => {
  const { t } = useTranslation();
  const veterinary = useClinic().clinic.kind === 'veterinary';
  const labels: Partial<Record<TextField, string>> = veterinary
    ? { firstName: t('patients.field.animalName'), lastName: t('patients.field.familyName') }
    : {};

  const field = (name: TextField) => ({
    name,
    label: labels[name] ?? t(`patients.field.${name}`),
    value: draft[name],
    error: wrongs[name] && t(`patients.wrong.${wrongs[name]}`),
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });

  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      <TextInput {...field('firstName')} autoFocus data-autofocus />
      <TextInput {...field('lastName')} />
      {veterinary && <TextInput {...field('species')} />}
      {veterinary && <TextInput {...field('breed')} />}
      {veterinary && <OwnerField draft={draft} onChange={onChange} />}
      <TextInput {...field('phone')} type="tel" />
      <TextInput {...field('dateOfBirth')} placeholder={t('patients.field.dateOfBirthHint')} />
      <TextInput {...field('email')} inputMode="email" />
      {!veterinary && (
        <Select
          label={t('patients.field.gender')}
          data={Gender.options.map((value) => ({ value, label: t(`patients.gender.${value}`) }))}
          value={draft.gender || null}
          placeholder={t('patients.field.notStated')}
          clearable
          clearButtonProps={{ 'aria-label': t('patients.field.notStated') }}
          onChange={(value) => onChange({ ...draft, gender: value ?? '' })}
        />
      )}
      <TextInput {...field('address')} />
      <TextInput {...field('city')} />
      <TextInput {...field('emergencyContact')} />
      <Textarea {...field('notes')} autosize minRows={1} maxRows={4} style={{ gridColumn: '1 / -1' }} />
    </SimpleGrid>
  );
};

/** The person an animal belongs to. */
const OwnerField = ({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const choose = (owner: PatientDraft['owner']): void => {
    setTyped('');
    onChange({ ...draft, owner });
  };
  if (!draft.owner) {
    return (
      <PatientPicker
        inline
        label={t('patients.field.owner')}
        typed={typed}
        onType={setTyped}
        onPick={(patient) => choose({ id: patient.id, name: fullName(patient) })}
      />
    );
  }
  return (
    <Input.Wrapper label={t('patients.field.owner')} labelElement="div">
      <Group gap="sm" mih={36}>
        <span>{draft.owner.name}</span>
        <Button variant="subtle" size="compact-sm" onClick={() => choose(null)}>
          {t('patients.field.changeOwner')}
        </Button>
      </Group>
    </Input.Wrapper>
  );
};

/** Puts the focus on the first field that is wrong. */
export const focusFirstWrong = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
