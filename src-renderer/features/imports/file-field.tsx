import { Button, FileButton, Group, TextInput } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { giveImportFile } from '../../api/files.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './imports.module.css';
import type { Draft } from './wizard.ts';

/** The file to read: chosen or dropped here, or named by its path where it is too large to copy. */
export const FileField = ({
  file,
  onFile,
}: {
  file: Draft['file'];
  onFile: (file: Draft['file']) => void;
}) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [path, setPath] = useState('');
  const stop = useRef(new AbortController());

  const give = async (chosen: File | null | undefined): Promise<void> => {
    if (!chosen || busy !== null) return;
    stop.current = new AbortController();
    setProblem(null);
    setBusy(chosen.name);
    const given = await giveImportFile(chosen, stop.current.signal);
    setBusy(null);
    if (given.ok) onFile({ file: given.value.file, name: chosen.name });
    else if (!stop.current.signal.aborted) setProblem(errorText(given.error, zone));
  };
  const typePath = (typed: string): void => {
    setPath(typed);
    const named = typed.trim();
    onFile(named === '' ? null : { file: named, name: named });
  };

  return (
    <fieldset
      className={classes['drop']}
      aria-label={t('imports.file.label')}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void give(event.dataTransfer.files[0]);
      }}
    >
      <Group gap="sm">
        <FileButton onChange={(chosen) => void give(chosen)}>
          {(props) => (
            <Button {...props} variant="default" loading={busy !== null}>
              {t(file ? 'imports.file.another' : 'imports.file.choose')}
            </Button>
          )}
        </FileButton>
        <span role="status" className={classes['file']}>
          {busy !== null && t('imports.file.copying', { name: busy })}
          {busy === null && file && (
            <>
              <IconFile size={16} aria-hidden="true" /> {file.name}
            </>
          )}
          {busy === null && !file && <span className="soft">{t('imports.file.drop')}</span>}
        </span>
        {busy !== null && (
          <Button variant="subtle" size="compact-md" onClick={() => stop.current.abort()}>
            {t('app.stop')}
          </Button>
        )}
      </Group>
      {problem && <Problem>{problem}</Problem>}
      <details>
        <summary>{t('imports.file.byPath')}</summary>
        <Group gap="sm" align="flex-end" mt={8}>
          <TextInput
            flex={1}
            label={t('imports.file.path')}
            value={path}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => typePath(event.currentTarget.value)}
          />
        </Group>
      </details>
    </fieldset>
  );
};
