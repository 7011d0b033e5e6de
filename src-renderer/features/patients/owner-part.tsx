import { Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { readTyped } from '../../ui/patient/typed.ts';
import {
  newOwnerOfTyped,
  type OwnerField,
  ownerFields,
  ownerOf,
  type PatientDraft,
  type Wrongs,
} from './patient-draft.ts';
import classes from './patients.module.css';

interface OwnerPartProps {
  draft: PatientDraft;
  wrongs: Wrongs;
  onChange: (draft: PatientDraft) => void;
}

/** The person an animal belongs to: found, or typed as somebody new and saved together with the animal. */
export const OwnerPart = ({ draft, wrongs, onChange }: OwnerPartProps) => {
  const { t } = useTranslation();
  const { today } = useClinic();
  const [typed, setTyped] = useKept('owner', '');
  const set = (owner: Pick<PatientDraft, 'owner' | 'newOwner'>): void => {
    setTyped('');
    onChange({ ...draft, ...owner });
  };
  return (
    <fieldset className={classes['owner']}>
      <legend>{t('patients.field.owner')}</legend>
      {!draft.owner && !draft.newOwner && (
        <PatientPicker
          inline
          label={t('patients.owner.find')}
          typed={typed}
          onType={setTyped}
          error={wrongs.owner && t(`patients.wrong.${wrongs.owner}`)}
          onPick={(patient) => set({ owner: ownerOf(patient), newOwner: null })}
          addText={(text) => t('patients.owner.add', { text })}
          onAdd={(text) => set({ owner: null, newOwner: newOwnerOfTyped(readTyped(text, today)) })}
        />
      )}
      {draft.owner && <strong>{draft.owner.name}</strong>}
      {draft.newOwner && <NewOwner draft={draft} wrongs={wrongs} onChange={onChange} />}
      {(draft.owner || draft.newOwner) && (
        <Group mt="xs">
          <Button variant="subtle" size="compact-sm" onClick={() => set({ owner: null, newOwner: null })}>
            {t(draft.newOwner ? 'patients.owner.findInstead' : 'patients.field.changeOwner')}
          </Button>
        </Group>
      )}
    </fieldset>
  );
};

const NewOwner = ({ draft, wrongs, onChange }: OwnerPartProps) => {
  const { t } = useTranslation();
  const owner = draft.newOwner;
  if (!owner) return null;
  const field = (name: OwnerField) => {
    const wrong = wrongs[`owner.${name}`];
    return {
      label: t(`patients.field.${name}`),
      value: owner[name],
      error: wrong && t(`patients.wrong.${wrong}`),
      autoComplete: 'off',
      onChange: (event: { currentTarget: { value: string } }) =>
        onChange({ ...draft, newOwner: { ...owner, [name]: event.currentTarget.value } }),
    };
  };
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      {ownerFields.map((name) => (
        <TextInput
          key={name}
          {...field(name)}
          {...(name === 'phone' ? { type: 'tel' } : {})}
          {...(name === 'email' ? { inputMode: 'email' as const } : {})}
          autoFocus={name === 'firstName'}
        />
      ))}
    </SimpleGrid>
  );
};
