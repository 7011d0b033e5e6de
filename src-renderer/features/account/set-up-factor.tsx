import { Button, Group, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { call } from '../../api/client.ts';
import { Problem } from '../../ui/problem.tsx';
import { useSecretRefusal } from '../../ui/refused-secret.ts';
import classes from './account.module.css';
import { OwnFormView } from './own-form.tsx';
import { Qr } from './qr.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useOwnForm } from './use-own-form.ts';

type Secret = CallOutput<'beginSecondFactor'>;

interface Steps {
  name: string;
  /** The factor is on; its recovery codes stand there. */
  onConfirmed?: () => void;
  /** The recovery codes are kept. */
  onDone: () => void;
  onClose?: () => void;
}

/** Sets a second factor up: the password, the QR code and its first code, the recovery codes. */
export const SetUpFactor = ({ name, onConfirmed, onDone, onClose }: Steps) => {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const confirmed = (recovery: readonly string[]): void => {
    setCodes(recovery);
    onConfirmed?.();
  };
  if (codes) return <RecoveryCodes codes={codes} name={name} onKept={onDone} />;
  const close = onClose ? { onClose } : {};
  if (secret) return <Confirm secret={secret} onCodes={confirmed} {...close} />;
  return <Begin onSecret={setSecret} {...close} />;
};

const Begin = ({ onSecret, onClose }: { onSecret: (secret: Secret) => void } & Pick<Steps, 'onClose'>) => {
  const { t } = useTranslation();
  const form = useOwnForm({
    complete: true,
    send: (password) => call('beginSecondFactor', { password }),
    onDone: onSecret,
  });
  return <OwnFormView form={form} does={t('account.factor.show')} {...(onClose ? { onClose } : {})} />;
};

const Confirm = ({
  secret,
  onCodes,
  onClose,
}: {
  secret: Secret;
  onCodes: (codes: readonly string[]) => void;
} & Pick<Steps, 'onClose'>) => {
  const { t } = useTranslation();
  const refusal = useSecretRefusal();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<{ text: string; tries: number } | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const refuse = (text: string): void => {
    setProblem((before) => ({ text, tries: (before?.tries ?? 0) + 1 }));
    field.current?.select();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const digits = code.replaceAll(/\s/g, '');
    if (busy) return;
    if (!/^\d{6}$/.test(digits)) return refuse(t('account.factor.wrongCode'));
    setBusy(true);
    const answer = await call('confirmSecondFactor', { code: digits });
    setBusy(false);
    if (answer.ok) onCodes(answer.value.recoveryCodes);
    else refuse(refusal(answer.error));
  };
  return (
    <form className={classes['step']} onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
      <div className={classes['scan']}>
        <Qr text={secret.uri} label={t('account.factor.qr')} />
        <div>
          <p>
            <b>{t('account.factor.scan')}</b> {t('account.factor.scanHint')}
          </p>
          <p>{t('account.factor.secret')}</p>
          <code className={classes['secret']}>{secret.secret.match(/.{1,4}/g)?.join(' ')}</code>
          <TextInput
            ref={field}
            mt="md"
            size="md"
            label={t('account.factor.code')}
            classNames={{ input: 'tabular' }}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            error={problem !== null}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </div>
      </div>
      {problem && <Problem key={problem.tries}>{problem.text}</Problem>}
      <Group justify="flex-end" gap="sm">
        {onClose && (
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        )}
        <Button type="submit" loading={busy}>
          {t('account.factor.confirm')}
        </Button>
      </Group>
    </form>
  );
};
