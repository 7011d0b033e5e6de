import { Button, Group, PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IdexxLogin } from '../../../src-main/contract/idexx-credentials.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useRunErrorText } from '../../ui/run-words.ts';
import classes from './idexx.module.css';

const empty = { username: '', password: '', companyId: '' };

/** A login as it is typed. It is kept nowhere on the screen: not over a change of page, and not once it is saved. */
export const LoginForm = ({ another, onSaved }: { another: boolean; onSaved: () => void }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const runErrorText = useRunErrorText();
  const { clinic, zone } = useClinic();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(empty);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [untried, setUntried] = useState<string | null>(null);
  const change = (part: Partial<typeof empty>): void => setTyped((before) => ({ ...before, ...part }));
  const missing = (field: 'username' | 'password') =>
    tried && typed[field].trim() === '' ? t('idexx.login.missing') : undefined;

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const login = IdexxLogin.safeParse(typed);
    if (!login.success) {
      const field = typed.username.trim() === '' ? 'username' : 'password';
      form.current?.querySelector<HTMLElement>(`[name="idexx-${field}"]`)?.focus();
      return;
    }
    if (saving) return;
    setSaving(true);
    setProblem(null);
    setUntried(null);
    const answer = await call('saveIdexxCredentials', login.data);
    setSaving(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    setTyped(empty);
    setTried(false);
    if (answer.value.problem === null) toast(t('idexx.login.savedValid'));
    else setUntried(runErrorText('idexx', answer.value.problem));
    onSaved();
  };
  return (
    <form
      ref={form}
      className={another ? classes['above'] : undefined}
      onSubmit={(event) => void submit(event)}
      noValidate
      autoComplete="off"
      aria-labelledby="idexx-save-title"
    >
      <h3 id="idexx-save-title">{t(another ? 'idexx.login.save.another' : 'idexx.login.save.title')}</h3>
      <p className="soft">{t(clinic.insecureKeyFile ? 'idexx.login.hintFile' : 'idexx.login.hint')}</p>
      <SimpleGrid cols={2} spacing="md" verticalSpacing="md" my="md">
        <TextInput
          name="idexx-username"
          label={t('idexx.login.username')}
          value={typed.username}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          error={missing('username')}
          onChange={(event) => change({ username: event.currentTarget.value })}
        />
        <PasswordInput
          name="idexx-password"
          label={t('idexx.login.password')}
          value={typed.password}
          maxLength={200}
          autoComplete="new-password"
          error={missing('password')}
          visibilityToggleButtonProps={{ 'aria-label': t('idexx.login.showPassword') }}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
        <TextInput
          label={t('idexx.login.company')}
          description={t('idexx.login.companyHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={typed.companyId}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ companyId: event.currentTarget.value })}
        />
      </SimpleGrid>
      {problem && <Problem>{problem}</Problem>}
      {untried && <Problem>{t('idexx.login.savedUnknown', { why: untried })}</Problem>}
      <Group justify="flex-end" mt={problem || untried ? 'md' : 0}>
        <Button type="submit" loading={saving}>
          {t('idexx.login.submit')}
        </Button>
      </Group>
    </form>
  );
};
