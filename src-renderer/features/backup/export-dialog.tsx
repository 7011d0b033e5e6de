import { Button, Group, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnsentWritten } from '../../../src-main/contract/unsent.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './backup.module.css';
import { focusOnArrival } from './focus.ts';
import { isChosen, nothingChosen, PassphraseFields } from './passphrase-fields.tsx';
import { UnsentSummary } from './unsent-summary.tsx';

/** Writes what this desk could not send into a file, to be taken to another desk. */
export const ExportUnsentDialog = () => {
  const { t } = useTranslation();
  const [written, setWritten] = useState<UnsentWritten | null>(null);
  return (
    <DialogWindow title={t('backup.unsent.exportTitle')} size={560}>
      {written ? <Written written={written} /> : <ExportForm onWritten={setWritten} />}
    </DialogWindow>
  );
};

const ExportForm = ({ onWritten }: { onWritten: (written: UnsentWritten) => void }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const unsent = useLive('unsentHere', {}, ['outbox', 'refusals']).data;
  const [folder, setFolder] = useKept('folder', '');
  const [chosen, choose] = useState(nothingChosen);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [writing, setWriting] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (writing || folder.trim() === '' || !isChosen(chosen)) return;
    setWriting(true);
    const answer = await call('exportUnsent', { folder, passphrase: chosen.first });
    setWriting(false);
    if (answer.ok) onWritten(answer.value);
    else setProblem(errorText(answer.error, zone));
  };
  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event)}>
      <p>{t('backup.unsent.exportAbout')}</p>
      {unsent && <UnsentSummary unsent={unsent} />}
      <TextInput
        data-autofocus
        label={t('backup.folder')}
        description={t('backup.unsent.folderHint')}
        value={folder}
        spellCheck={false}
        error={tried && folder.trim() === '' ? t('backup.folderNeeded') : undefined}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      <PassphraseFields chosen={chosen} tried={tried} onChange={choose} />
      {problem && <Problem>{problem}</Problem>}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={closeDialog}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={writing}>
          {t('backup.unsent.writeNow')}
        </Button>
      </Group>
    </form>
  );
};

const Written = ({ written: { file, files, missingFiles } }: { written: UnsentWritten }) => {
  const { t } = useTranslation();
  return (
    <div className={classes['form']}>
      <p role="status" className={classes['path']}>
        {t('backup.unsent.written', { file })}
      </p>
      {files > 0 && <p>{t('backup.unsent.withFiles', { count: files })}</p>}
      <MissingFiles names={missingFiles} />
      <p>{t('backup.unsent.next')}</p>
      <Group justify="flex-end">
        <Button ref={focusOnArrival} onClick={closeDialog}>
          {t('app.close')}
        </Button>
      </Group>
    </div>
  );
};

/** Files that a message names and that did not come along. */
export const MissingFiles = ({ names }: { names: readonly string[] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  if (names.length === 0) return null;
  return <p>{t('backup.unsent.missing', { count: names.length, names: formats.list(names) })}</p>;
};
