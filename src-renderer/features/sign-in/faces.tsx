import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffFace } from '../../../src-main/contract/session.ts';
import { Face } from '../../ui/face.tsx';
import { IconSearch } from '../../ui/icons.ts';
import classes from './sign-in.module.css';

interface FacesProps {
  ref: Ref<HTMLInputElement>;
  /** Those that fit what is typed; who was here last comes first. */
  people: readonly StaffFace[];
  /** Apart: who was at this desk lately, and everyone else. */
  grouped: boolean;
  typed: string;
  chosen: StaffFace | undefined;
  onType: (typed: string) => void;
  onChoose: (person: StaffFace) => void;
  onStep: (by: 1 | -1) => void;
  /** To the secret of whoever is chosen. */
  onGoOn: () => void;
}

/** The staff by face and name, found by the first letters of their names. */
export const Faces = ({ ref, people, grouped, typed, chosen, ...on }: FacesProps) => {
  const { t } = useTranslation();
  const id = useId();
  const press = (event: KeyboardEvent): void => {
    // No name has a digit: it is the beginning of the PIN, and falls into that field.
    if (/^\d$/.test(event.key) && chosen?.quick) on.onGoOn();
    if (!['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Enter') on.onGoOn();
    else on.onStep(event.key === 'ArrowDown' ? 1 : -1);
  };
  const lately = grouped ? people.filter(({ lastHere }) => lastHere !== null) : [];
  const others = people.filter((person) => !lately.includes(person));
  const line = (person: StaffFace) => (
    <Line
      key={person.id}
      id={`${id}-${person.id}`}
      person={person}
      isChosen={person.id === chosen?.id}
      onChoose={() => on.onChoose(person)}
    />
  );
  return (
    <div className={classes['faces']}>
      <TextInput
        ref={ref}
        aria-label={t('signIn.find')}
        placeholder={t('signIn.find')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        role="combobox"
        aria-expanded={people.length > 0}
        aria-controls={`${id}-people`}
        aria-autocomplete="list"
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => on.onType(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div
        className={classes['people']}
        role="listbox"
        id={`${id}-people`}
        aria-label={t('signIn.everyone')}
        tabIndex={-1}
      >
        {lately.length > 0 && others.length > 0 && <Heading>{t('signIn.lately')}</Heading>}
        {lately.map(line)}
        {lately.length > 0 && others.length > 0 && <Heading>{t('signIn.everyone')}</Heading>}
        {others.map(line)}
      </div>
      <p className={classes['nobody']} role="status">
        {people.length === 0 && t('signIn.nobody')}
      </p>
    </div>
  );
};

/** For the eye: a list of options has no room for other words. */
const Heading = ({ children }: { children: ReactNode }) => (
  <p className={classes['group']} aria-hidden="true">
    {children}
  </p>
);

const Line = ({
  id,
  person,
  isChosen,
  onChoose,
}: {
  id: string;
  person: StaffFace;
  isChosen: boolean;
  onChoose: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <div
      id={id}
      className={classes['person']}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      ref={(line) => {
        if (isChosen) line?.scrollIntoView({ block: 'nearest' });
      }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onKeyDown={(event) => event.key === 'Enter' && onChoose()}
    >
      <Face person={person} size="md" />
      <span className={classes['name']}>
        {person.name}
        <span className={classes['role']}>{t(`signIn.roles.${person.role}`)}</span>
      </span>
    </div>
  );
};
