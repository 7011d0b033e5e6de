import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdexxCredential, LoginCheck } from '../../../src-main/contract/idexx-credentials.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { openDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { loginStatusIcons } from '../../ui/icons.ts';
import { Problem } from '../../ui/problem.tsx';
import { useRunErrorText } from '../../ui/run-words.ts';
import classes from './idexx.module.css';
import { LoginForm } from './login-form.tsx';

/** Whose logins there are and how they stand; never what they are. */
export const LoginCard = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { data, error, reload } = useLive('idexxCredentials', {}, ['integrations']);
  if (!data && !error) return null;
  const kept = data?.credentials.find(({ here }) => here === 'yes');
  return (
    <section className={classes['card']} aria-labelledby="idexx-login-title">
      <h3 id="idexx-login-title">{t('idexx.login.title')}</h3>
      {error && (
        <Problem>{error.code === 'needs_central' ? t('idexx.away') : errorText(error, zone)}</Problem>
      )}
      {data && !error && (
        <>
          {data.credentials.length === 0 && <p className="soft">{t('idexx.login.none')}</p>}
          <ul className={classes['logins']} hidden={data.credentials.length === 0}>
            {data.credentials.map((credential) => (
              <Login key={credential.userId} credential={credential} onChange={reload} />
            ))}
          </ul>
          {kept && <Actions keyMadeAt={kept.keyMadeAt} onChange={reload} />}
          {data.keychainMissing === null ? (
            <LoginForm another={data.credentials.length > 0} onSaved={reload} />
          ) : (
            <NoKeychain reason={data.keychainMissing} />
          )}
        </>
      )}
    </section>
  );
};

const Login = ({ credential, onChange }: { credential: IdexxCredential; onChange: () => void }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { userId, name, own, status, lastValidatedAt, savedAt, here } = credential;
  const moment = (instant: string): string => formats.momentWithYear(instant, zone);
  const Icon = loginStatusIcons[status];
  return (
    <li>
      <span className={classes['who']}>
        <span>
          <strong>{name}</strong>
          {own && <span className="soft"> ({t('idexx.login.own')})</span>}
        </span>
        <span className="soft tabular">
          {lastValidatedAt === null
            ? t('idexx.login.saved', { when: moment(savedAt) })
            : t('idexx.login.last', { when: moment(lastValidatedAt) })}
        </span>
        <span className="soft">{t(`idexx.login.here.${here}`)}</span>
      </span>
      <span className={classes['mark']} data-status={status}>
        <Icon size={16} stroke={2} aria-hidden="true" />
        {t(`idexx.login.status.${status}`)}
      </span>
      <Button
        variant="subtle"
        size="compact-md"
        color="red"
        aria-label={`${t('idexx.login.revoke')}: ${name}`}
        onClick={() => openDialog({ kind: 'revokeIdexx', userId, name, onDone: onChange })}
      >
        {t('idexx.login.revoke')}
      </Button>
    </li>
  );
};

/** What can be done with the login that this desk has. */
const Actions = ({ keyMadeAt, onChange }: { keyMadeAt: string; onChange: () => void }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const runErrorText = useRunErrorText();
  const formats = useFormats();
  const { zone } = useClinic();
  const [busy, setBusy] = useState<'test' | 'rotate' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tested, setTested] = useState<LoginCheck | null>(null);
  const test = async (): Promise<void> => {
    setBusy('test');
    setTested(null);
    const answer = await call('testIdexxCredentials', {});
    setBusy(null);
    setProblem(answer.ok ? null : errorText(answer.error, zone));
    if (answer.ok) setTested(answer.value);
    onChange();
  };
  const rotate = async (): Promise<void> => {
    setBusy('rotate');
    setTested(null);
    const answer = await call('rotateIdexxKey', {});
    setBusy(null);
    setProblem(answer.ok ? null : errorText(answer.error, zone));
    if (answer.ok) toast(t('idexx.login.rotated'));
    onChange();
  };
  return (
    <>
      <Group gap="sm">
        <Button
          variant="default"
          loading={busy === 'test'}
          disabled={busy !== null}
          onClick={() => void test()}
        >
          {t('idexx.login.test')}
        </Button>
        <Button
          variant="default"
          loading={busy === 'rotate'}
          disabled={busy !== null}
          onClick={() => void rotate()}
        >
          {t('idexx.login.rotate')}
        </Button>
        <span className="soft tabular">
          {t('idexx.login.rotateHint', { day: formats.dayOf(keyMadeAt, zone) })}
        </span>
      </Group>
      <p role="status" hidden={busy !== 'test' && !tested}>
        {busy === 'test' && t('idexx.login.testing')}
        {tested &&
          (tested.problem === null
            ? t(`idexx.login.tested.${tested.status}`, { why: '' })
            : t('idexx.login.tested.unknown', { why: runErrorText('idexx', tested.problem) }))}
      </p>
      {problem && <Problem>{problem}</Problem>}
    </>
  );
};

const NoKeychain = ({ reason }: { reason: string }) => {
  const { t } = useTranslation();
  return (
    <>
      <Problem>{t('idexx.login.noKeychain')}</Problem>
      {reason !== '' && (
        <figure style={{ margin: 0 }}>
          <figcaption className="soft">{t('idexx.login.reason')}</figcaption>
          <pre className={classes['said']} lang="en">
            {reason}
          </pre>
        </figure>
      )}
    </>
  );
};
