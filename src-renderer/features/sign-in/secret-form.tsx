import { Button, PasswordInput, TextInput } from '@mantine/core';
import {
  type KeyboardEvent,
  type RefObject,
  type SubmitEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffFace } from '../../../src-main/contract/session.ts';
import { Face } from '../../ui/face.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './sign-in.module.css';
import { type Attempt, useAttempt } from './use-attempt.ts';

interface SecretFormProps {
  /** The field of the secret. */
  ref: RefObject<HTMLInputElement | null>;
  person: StaffFace;
  /** Whether this is who locked the desk. */
  opensLock: boolean;
  /** To the person before or after. */
  onStep: (by: 1 | -1) => void;
  /** Back to the names. */
  onBack: () => void;
}

/** PIN or password of one person, in one field; the code of their authenticator app once it is asked for. */
export const SecretForm = ({ ref, person, opensLock, onStep, onBack }: SecretFormProps) => {
  const { t } = useTranslation();
  const problemId = useId();
  const attempt = useAttempt(person);
  const { by, problem } = attempt;
  const codeField = useRef<HTMLInputElement>(null);
  const { tries, codeNeeded } = attempt;
  useEffect(() => {
    if (tries === 0) return;
    const field = codeNeeded ? codeField.current : ref.current;
    field?.focus();
    field?.select();
  }, [tries, codeNeeded, ref]);

  const press = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') onStep(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Escape') onBack();
    // A PIN has digits only: a letter is the beginning of a password, and must not be shown.
    else if (by === 'pin' && plain && /^\p{L}$/u.test(event.key)) attempt.beginPassword(event.key);
    else return;
    event.preventDefault();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void attempt.submit();
  };
  return (
    <form className={classes['secret']} onSubmit={submit} noValidate autoComplete="off">
      <div className={classes['who']}>
        <Face person={person} size="lg" />
        <h2>{person.name}</h2>
        <p>{t(`signIn.roles.${person.role}`)}</p>
      </div>
      <PasswordInput
        ref={ref}
        size="md"
        label={t(`signIn.${by}`)}
        inputMode={by === 'pin' ? 'numeric' : undefined}
        maxLength={by === 'pin' ? 8 : 200}
        // At a desk that several people share no browser should offer one's password to the next.
        autoComplete="off"
        value={attempt.secret}
        error={problem !== null && !codeNeeded}
        aria-describedby={problem ? problemId : undefined}
        visibilityToggleButtonProps={{
          'aria-label': t('signIn.showPassword'),
          'aria-pressed': attempt.shown,
          'aria-hidden': false,
          tabIndex: 0,
        }}
        visible={attempt.shown}
        onVisibilityChange={attempt.show}
        onChange={(event) => attempt.type(event.currentTarget.value)}
        onKeyDown={press}
      />
      {codeNeeded && (
        <TextInput
          ref={codeField}
          size="md"
          label={t('signIn.code')}
          description={t('signIn.codeHint')}
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={40}
          value={attempt.code}
          error={problem !== null}
          aria-describedby={problem ? problemId : undefined}
          onChange={(event) => attempt.typeCode(event.currentTarget.value)}
        />
      )}
      {problem && (
        <div id={problemId}>
          <Problem key={tries}>{problem}</Problem>
        </div>
      )}
      <Button type="submit" size="md" fullWidth loading={attempt.busy} disabled={attempt.waiting}>
        {t(opensLock ? 'signIn.unlock' : 'signIn.enter')}
      </Button>
      <Ways attempt={attempt} person={person} />
    </form>
  );
};

/** The other ways in. */
const Ways = ({ attempt, person }: { attempt: Attempt; person: StaffFace }) => {
  const { t } = useTranslation();
  const [told, tell] = useState(false);
  const { by } = attempt;
  return (
    <div className={classes['ways']}>
      {person.quick && (
        <Button
          variant="subtle"
          size="compact-md"
          onClick={() => attempt.use(by === 'pin' ? 'password' : 'pin')}
        >
          {t(by === 'pin' ? 'signIn.usePassword' : 'signIn.usePin')}
        </Button>
      )}
      {by === 'password' && (
        <Button variant="subtle" size="compact-md" aria-expanded={told} onClick={() => tell(!told)}>
          {t('signIn.forgot')}
        </Button>
      )}
      <p role="status">{told && by === 'password' && t('signIn.forgotHint')}</p>
    </div>
  );
};
