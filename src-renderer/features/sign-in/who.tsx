import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Door, StaffFace } from '../../../src-main/contract/session.ts';
import { useDoor } from '../../app/door.ts';
import { byName } from './by-name.ts';
import { Faces } from './faces.tsx';
import { SecretForm } from './secret-form.tsx';
import classes from './sign-in.module.css';

/**
 * Who it is, at the left, and their secret, at the right. By keys alone: letters find a name, the arrows choose, Enter
 * goes on to the secret; there the arrows still choose, and Esc leads back to the names.
 */
export const Who = ({ door, onCode }: { door: Door; onCode: () => void }) => {
  const { t } = useTranslation();
  const who = useWho(door);
  const locked = door.state === 'locked' && door.person;
  return (
    <>
      <div className={classes['title']}>
        <h1>
          {locked && <IconLock size={20} stroke={1.75} aria-hidden="true" />}
          {locked ? t('signIn.lockedFor', { name: locked.name }) : t('signIn.title')}
        </h1>
        {locked && <p>{t('signIn.lockedHint')}</p>}
      </div>
      <div className={classes['card']} data-alone={door.people.length === 1 || undefined}>
        {door.people.length > 1 && (
          <Faces
            ref={who.find}
            people={who.matches}
            grouped={who.typed === ''}
            typed={who.typed}
            chosen={who.person}
            onType={who.type}
            onChoose={who.choose}
            onStep={who.step}
            onGoOn={who.toSecret}
          />
        )}
        {who.person && (
          <SecretForm
            key={who.person.id}
            ref={who.secret}
            person={who.person}
            opensLock={locked ? locked.id === who.person.id : false}
            onStep={who.step}
            onBack={who.back}
          />
        )}
      </div>
      <Button variant="subtle" onClick={onCode}>
        {t('signIn.haveCode')}
      </Button>
    </>
  );
};

const useWho = (door: Door) => {
  const { people } = door;
  const find = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [toAnother] = useState(() => useDoor.getState().toAnother);
  const [chosenId, setChosenId] = useState(
    (toAnother ? people.find(({ id }) => id !== door.person?.id) : door.person)?.id ?? null,
  );
  const matches = typed === '' ? people : byName(people, typed);
  const person = matches.find(({ id }) => id === chosenId) ?? matches[0];
  // Whoever locked it comes back most often; anybody else says first who they are.
  const begin = useRef((door.state === 'locked' && !toAnother) || people.length === 1 ? secret : find);
  useEffect(() => begin.current.current?.focus(), []);

  const toSecret = (): void => secret.current?.focus();
  return {
    find,
    secret,
    typed,
    matches,
    person,
    type: (text: string): void => {
      setTyped(text);
      setChosenId(null);
    },
    choose: ({ id }: StaffFace): void => {
      setChosenId(id);
      // The field of whoever is chosen stands there after this event.
      requestAnimationFrame(toSecret);
    },
    /** The one before (-1) or after (1). */
    step: (by: 1 | -1): void => {
      const at = matches.findIndex(({ id }) => id === person?.id);
      const next = matches[at + by];
      if (next) setChosenId(next.id);
    },
    toSecret,
    back: (): void => {
      setTyped('');
      find.current?.focus();
    },
  };
};
