import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { Pin } from '../../../src-main/contract/session.ts';
import { callAtDoor } from '../../api/client.ts';
import { comeIn } from '../../app/door.ts';
import { isLongEnough, NewPasswordField } from '../../ui/new-password.tsx';
import { NewPinField } from '../../ui/pin-field.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSecretRefusal } from '../../ui/refused-secret.ts';
import classes from './sign-in.module.css';

/** Turns a code of an administrator into a password, and into a PIN where one is wished; then signs its person in. */
export const CodeForm = ({ onBack }: { onBack: () => void }) => {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [whose, setWhose] = useState<CallOutput<'readCode'> | null>(null);
  return (
    <>
      <div className={classes['title']}>
        <h1>{t('signIn.redeem.title')}</h1>
        <p>{whose ? t(`signIn.redeem.${whose.purpose}`, { name: whose.name }) : t('signIn.redeem.hint')}</p>
      </div>
      <div className={classes['card']} data-alone>
        {whose ? <Choose code={code} /> : <AskCode code={code} onType={setCode} onRead={setWhose} />}
      </div>
      <Button variant="subtle" onClick={onBack}>
        {t('signIn.redeem.back')}
      </Button>
    </>
  );
};

const useProblem = () => {
  const refusal = useSecretRefusal();
  const [error, setError] = useState<CallError | null>(null);
  return { text: error && refusal(error), set: setError };
};

const AskCode = ({
  code,
  onType,
  onRead,
}: {
  code: string;
  onType: (code: string) => void;
  onRead: (whose: CallOutput<'readCode'>) => void;
}) => {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy || code.trim() === '') return field.current?.focus();
    setBusy(true);
    const answer = await callAtDoor('readCode', { code });
    setBusy(false);
    if (answer.ok) return onRead(answer.value);
    problem.set(answer.error);
    field.current?.select();
  };
  return (
    <form
      className={classes['secret']}
      onSubmit={(event) => void submit(event)}
      noValidate
      autoComplete="off"
    >
      <TextInput
        ref={field}
        size="md"
        label={t('signIn.redeem.code')}
        classNames={{ input: classes['code'] ?? '' }}
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        value={code}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      {problem.text && <Problem>{problem.text}</Problem>}
      <Button type="submit" size="md" fullWidth loading={busy}>
        {t('signIn.redeem.go')}
      </Button>
    </form>
  );
};

const Choose = ({ code }: { code: string }) => {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  const problem = useProblem();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => first.current?.focus(), []);
  const pinWrong = pin !== '' && !Pin.safeParse(pin).success;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (busy || pinWrong) return;
    if (!isLongEnough(password)) return first.current?.focus();
    setBusy(true);
    const answer = await callAtDoor('redeemCode', { code, password, ...(pin ? { pin } : {}) });
    if (!answer.ok) {
      setBusy(false);
      return problem.set(answer.error);
    }
    await comeIn(() => callAtDoor('signIn', { userId: answer.value.userId, password }));
  };
  return (
    <form
      className={classes['secret']}
      onSubmit={(event) => void submit(event)}
      noValidate
      autoComplete="off"
    >
      <NewPasswordField
        ref={first}
        label={t('signIn.redeem.password')}
        value={password}
        wrong={tried}
        onChange={setPassword}
      />
      <NewPinField
        label={t('signIn.redeem.pin')}
        value={pin}
        error={tried && pinWrong ? t('signIn.newPin.wrong') : null}
        onChange={setPin}
      />
      {problem.text && <Problem>{problem.text}</Problem>}
      <Button type="submit" size="md" fullWidth loading={busy}>
        {t('signIn.redeem.save')}
      </Button>
    </form>
  );
};
