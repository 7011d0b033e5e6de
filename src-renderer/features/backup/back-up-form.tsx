import { Button, Progress, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backups, BackupWork } from '../../../src-main/contract/backup.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './backup.module.css';
import { isChosen, nothingChosen, PassphraseFields } from './passphrase-fields.tsx';

/** Where to, the passphrase, and how far it is. */
export const BackUpForm = ({ backups: { folder: last, work } }: { backups: Backups }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [folder, setFolder] = useKept('backupFolder', () => last ?? '');
  const [chosen, choose] = useState(nothingChosen);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const busy = starting || work?.step === 'copying' || work?.step === 'checking';
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    if (folder.trim() === '' || !isChosen(chosen)) return;
    setStarting(true);
    const answer = await call('startBackup', { folder, passphrase: chosen.first });
    setStarting(false);
    setProblem(answer.ok ? null : errorText(answer.error, zone));
    if (!answer.ok) return;
    choose(nothingChosen);
    setTried(false);
  };
  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('backup.folder')}
        description={t('backup.folderHint')}
        value={folder}
        spellCheck={false}
        error={tried && folder.trim() === '' ? t('backup.folderNeeded') : undefined}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      <PassphraseFields chosen={chosen} tried={tried} onChange={choose} />
      {problem && <Problem>{problem}</Problem>}
      <div>
        <Button type="submit" loading={starting} disabled={busy && !starting}>
          {t('backup.now')}
        </Button>
      </div>
      {work && <Work work={work} />}
    </form>
  );
};

const Work = ({ work: { step, percent, file, problem } }: { work: BackupWork }) => {
  const { t } = useTranslation();
  if (step === 'failed' || step === 'unchecked') {
    return (
      <>
        {step === 'unchecked' && <p>{t('backup.step.unchecked', { file })}</p>}
        <Problem>{t(`backup.problem.${problem ?? 'failed'}`)}</Problem>
      </>
    );
  }
  return (
    <div role="status">
      <p className={classes['path']}>{t(`backup.step.${step}`, { file })}</p>
      {step !== 'done' && (
        <Progress value={percent} mt={8} aria-label={t('backup.title')} transitionDuration={0} />
      )}
    </div>
  );
};
