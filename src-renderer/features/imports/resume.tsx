import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../src-main/contract/imports.ts';
import { call } from '../../api/client.ts';
import { Problem } from '../../ui/problem.tsx';
import { DatabaseFields } from './database-fields.tsx';
import classes from './imports.module.css';
import { useImportError } from './use-import-error.ts';
import { type Address, isDatabase, urlOf } from './wizard.ts';

const nowhere: Address = { host: '', port: '', database: '', user: '' };

/** Goes on with an import that stands still. A database is asked for again once its password is gone. */
export const Resume = ({ run: { id, source, error } }: { run: ImportRun }) => {
  const { t } = useTranslation();
  const importError = useImportError();
  const [address, setAddress] = useState(nowhere);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [asks, setAsks] = useState(error?.code === 'password_needed' || error?.code === 'refused_login');
  const { from } = source;
  const url = asks && isDatabase(from) ? urlOf(from, address, password) : undefined;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy || url === null) return;
    setBusy(true);
    const answer = await call('resumeImport', { id, ...(url === undefined ? {} : { url }) });
    setBusy(false);
    setPassword('');
    if (answer.ok) return setProblem(null);
    setProblem(importError.ofCall(answer.error));
    if (answer.error.details['code'] === 'password_needed') setAsks(true);
  };
  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event)} noValidate>
      {asks && isDatabase(from) && (
        <DatabaseFields
          from={from}
          address={address}
          onAddress={setAddress}
          password={password}
          onPassword={setPassword}
        />
      )}
      {problem && <Problem>{problem}</Problem>}
      <div>
        <Button type="submit" loading={busy} disabled={url === null}>
          {t('imports.resume')}
        </Button>
      </div>
    </form>
  );
};
