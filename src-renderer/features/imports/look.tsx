import { Button, Group, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import type { ImportPreview } from '../../../src-main/contract/imports.ts';
import { call } from '../../api/client.ts';
import { Problem } from '../../ui/problem.tsx';
import { CsvColumns } from './csv-columns.tsx';
import classes from './imports.module.css';
import { Mapping } from './mapping.tsx';
import { StepTitle } from './step-title.tsx';
import { Tables } from './tables.tsx';
import { useImportError } from './use-import-error.ts';
import { goTo, mappingOf, openRun, sourceOf, useWizard } from './wizard.ts';

/** The second step: the source at a look, as it would stand here, with what a person may put right before it begins. */
export const Look = ({ password, onStarted }: { password: string; onStarted: () => void }) => {
  const { t } = useTranslation();
  const { draft } = useWizard();
  const importError = useImportError();
  const source = sourceOf(draft, password);
  const { preview, problem, busy } = usePreview(password);
  const [failed, setFailed] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);

  const start = async (): Promise<void> => {
    if (!source || !preview || starting) return;
    setStarting(true);
    const answer = await call('startImport', { source, mapping: mappingOf(draft, preview.doctors) });
    setStarting(false);
    if (!answer.ok) return setFailed(importError.ofCall(answer.error));
    onStarted();
    openRun(answer.value.id);
  };
  const rows =
    preview?.tables.reduce((sum, { rows: count, becomes }) => sum + (becomes ? (count ?? 0) : 0), 0) ?? 0;

  return (
    <>
      <StepTitle step="lookTitle" />
      {preview && <p className="soft">{preview.source.name}</p>}
      {(busy || !source) && (
        <p role="status" className={classes['busy']}>
          {busy && <Loader size={16} aria-hidden="true" />}
          {t(source ? 'imports.looking' : 'imports.passwordAgain')}
        </p>
      )}
      {problem && <Problem>{importError.ofCall(problem)}</Problem>}
      {preview?.csv && <CsvColumns guess={preview.csv} kind={draft.kind} />}
      {preview && !problem && (
        <>
          <Mapping preview={preview} />
          <Tables preview={preview} />
        </>
      )}
      {failed && <Problem>{failed}</Problem>}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={() => goTo('source')}>
          {t('imports.back')}
        </Button>
        <Button
          disabled={!preview || problem !== null || busy}
          loading={starting}
          onClick={() => void start()}
        >
          {rows > 0 ? t('imports.start', { count: rows }) : t('imports.startAll')}
        </Button>
      </Group>
    </>
  );
};

/** Reads the source again whenever it is to be read otherwise; what was seen before stays until then. */
const usePreview = (password: string) => {
  const { draft } = useWizard();
  const source = sourceOf(draft, password);
  const { namespace, locationId } = draft.mapping;
  const key = source === null ? null : JSON.stringify({ source, mapping: { namespace, locationId } });
  const [state, setState] = useState<{
    preview: ImportPreview | null;
    problem: CallError | null;
    of: string | null;
  }>({
    preview: null,
    problem: null,
    of: null,
  });
  useEffect(() => {
    if (key === null) return;
    let isStale = false;
    const asked = JSON.parse(key) as CallInput<'importPreview'>;
    void call('importPreview', asked).then((answer) => {
      if (isStale) return;
      setState((before) => ({
        preview: answer.ok ? answer.value : before.preview,
        problem: answer.ok ? null : answer.error,
        of: key,
      }));
    });
    return () => {
      isStale = true;
    };
  }, [key]);
  return { preview: state.preview, problem: state.problem, busy: key !== null && state.of !== key };
};
