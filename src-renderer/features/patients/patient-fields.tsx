import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Gender } from '../../../src-main/contract/patient.ts';
import { OwnerPart } from './owner-part.tsx';
import type { PatientDraft, TextField, Wrongs } from './patient-draft.ts';

interface FieldsProps {
  draft: PatientDraft;
  wrongs: Wrongs;
  onChange: (draft: PatientDraft) => void;
}

/** Every field of a patient, of a person or of an animal with its owner. Wrong ones say what to do. */
export const PatientFields = (props: FieldsProps) =>
  props.draft.kind === 'animal' ? <AnimalFields {...props} /> : <PersonFields {...props} />;

const useField = ({ draft, wrongs, onChange }: FieldsProps) => {
  const { t } = useTranslation();
  return (name: TextField, label = t(`patients.field.${name}`)) => ({
    name,
    label,
    value: draft[name],
    error: wrongs[name] && t(`patients.wrong.${wrongs[name]}`),
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
};

const PersonFields = (props: FieldsProps) => {
  const { draft, onChange } = props;
  const { t } = useTranslation();
  const field = useField(props);
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      <TextInput {...field('firstName')} autoFocus data-autofocus />
      <TextInput {...field('lastName')} />
      <TextInput {...field('phone')} type="tel" />
      <TextInput {...field('dateOfBirth')} placeholder={t('patients.field.dateOfBirthHint')} />
      <TextInput {...field('email')} inputMode="email" />
      <Select
        label={t('patients.field.gender')}
        data={Gender.options.map((value) => ({ value, label: t(`patients.gender.${value}`) }))}
        value={draft.gender || null}
        placeholder={t('patients.field.notStated')}
        clearable
        clearButtonProps={{ 'aria-label': t('patients.field.notStated') }}
        onChange={(value) => onChange({ ...draft, gender: value ?? '' })}
      />
      <TextInput {...field('address')} />
      <TextInput {...field('city')} />
      <TextInput {...field('emergencyContact')} />
      <Textarea {...field('notes')} autosize minRows={1} maxRows={4} style={{ gridColumn: '1 / -1' }} />
    </SimpleGrid>
  );
};

const AnimalFields = (props: FieldsProps) => {
  const { t } = useTranslation();
  const field = useField(props);
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      <TextInput {...field('firstName', t('patients.field.animalName'))} autoFocus data-autofocus />
      <TextInput {...field('species')} />
      <TextInput {...field('breed')} />
      <TextInput {...field('dateOfBirth')} placeholder={t('patients.field.dateOfBirthHint')} />
      <OwnerPart {...props} />
      <Textarea {...field('notes')} autosize minRows={1} maxRows={4} style={{ gridColumn: '1 / -1' }} />
    </SimpleGrid>
  );
};

/** Puts the focus on the first field that is wrong. */
export const focusFirstWrong = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
