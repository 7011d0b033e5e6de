import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecretChange } from '../../../src-main/contract/desks.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './desks.module.css';

const secrets = {
  key: { call: 'changeDeskKey', change: 'changeKey', running: 'runningKey', done: 'doneKey' },
  password: {
    call: 'changeDeskPassword',
    change: 'changePassword',
    running: 'runningPassword',
    done: 'donePassword',
  },
} as const;

/** How old this desk's key and password are, and how they are changed while work goes on. */
export const OwnSecretsCard = () => {
  const { t } = useTranslation();
  const { data } = useLive('deskSecrets', {}, ['desk_settings']);
  if (!data) return null;
  return (
    <>
      <h2>{t('desks.own.title')}</h2>
      <p className="soft">{t('desks.own.hint')}</p>
      {data.insecure && <p>{t('desks.own.insecure')}</p>}
      <ul className={`${classes['card']} ${classes['secrets']}`}>
        <Secret name="key" change={data.key} />
        <Secret name="password" change={data.password} />
      </ul>
    </>
  );
};

const Secret = ({ name, change }: { name: keyof typeof secrets; change: SecretChange }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [problem, setProblem] = useState<string | null>(null);
  const words = secrets[name];
  const { state, changedAt } = change;
  const begin = async (): Promise<void> => {
    const answer = await call(words.call, {});
    setProblem(answer.ok ? null : errorText(answer.error, zone));
  };
  const age =
    changedAt === null
      ? t('desks.own.never')
      : t('desks.own.changed', { when: formats.momentWithYear(changedAt, zone) });
  return (
    <li>
      <span className={classes['what']}>
        <strong>{t(`desks.own.${name}`)}</strong>
        <span className="soft tabular" role="status">
          {state === 'running' && t(`desks.own.${words.running}`)}
          {state === 'done' && t(`desks.own.${words.done}`)}
          {state === 'failed' && t('desks.own.failed')}
          {state === 'idle' && age}
        </span>
        {problem && <Problem>{problem}</Problem>}
      </span>
      <Button
        variant="default"
        loading={state === 'running'}
        aria-label={t(`desks.own.${words.change}`)}
        onClick={() => void begin()}
      >
        {t('desks.own.change')}
      </Button>
    </li>
  );
};
