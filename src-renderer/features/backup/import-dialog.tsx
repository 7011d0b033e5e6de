import { Button, Group, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnsentFile } from '../../../src-main/contract/unsent.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './backup.module.css';
import { MissingFiles } from './export-dialog.tsx';
import { focusOnArrival } from './focus.ts';
import { SecretInput } from './passphrase-fields.tsx';
import { UnsentSummary } from './unsent-summary.tsx';
import { TakenView } from './unsent-taken.tsx';

type Step = { at: 'choose' } | { at: 'look'; unsent: UnsentFile; passphrase: string } | { at: 'taken' };

/** Takes another desk's changes from a file: which one, what is in it, and what became of it. */
export const ImportUnsentDialog = () => {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ at: 'choose' });
  return (
    <DialogWindow title={t('backup.unsent.importTitle')} size={560}>
      {step.at === 'choose' && (
        <Choose onRead={(unsent, passphrase) => setStep({ at: 'look', unsent, passphrase })} />
      )}
      {step.at === 'look' && <Look {...step} onTaken={() => setStep({ at: 'taken' })} />}
      {step.at === 'taken' && <TakenView />}
    </DialogWindow>
  );
};

const Choose = ({ onRead }: { onRead: (unsent: UnsentFile, passphrase: string) => void }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [file, setFile] = useKept('file', '');
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (reading || file.trim() === '' || passphrase === '') return;
    setReading(true);
    const answer = await call('readUnsent', { file, passphrase });
    setReading(false);
    if (answer.ok) onRead(answer.value, passphrase);
    else setProblem(errorText(answer.error, zone));
  };
  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event)}>
      <p>{t('backup.unsent.importAbout')}</p>
      <TextInput
        data-autofocus
        label={t('backup.unsent.file')}
        description={t('backup.unsent.fileHint')}
        value={file}
        spellCheck={false}
        onChange={(event) => setFile(event.currentTarget.value)}
      />
      <SecretInput
        label={t('backup.unsent.itsPassphrase')}
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
      />
      {problem && <Problem>{problem}</Problem>}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={closeDialog}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={reading} disabled={file.trim() === '' || passphrase === ''}>
          {t('backup.unsent.look')}
        </Button>
      </Group>
    </form>
  );
};

const Look = ({
  unsent,
  passphrase,
  onTaken,
}: {
  unsent: UnsentFile;
  passphrase: string;
  onTaken: () => void;
}) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const formats = useFormats();
  const { zone } = useClinic();
  const [problem, setProblem] = useState<string | null>(null);
  const [taking, setTaking] = useState(false);
  const take = async (): Promise<void> => {
    if (taking) return;
    setTaking(true);
    const answer = await call('importUnsent', { file: unsent.file, passphrase });
    setTaking(false);
    if (answer.ok) onTaken();
    else setProblem(errorText(answer.error, zone));
  };
  const { deskName, writtenAt, known, files, missingFiles } = unsent;
  return (
    <div className={classes['form']}>
      <p>{t('backup.unsent.from', { desk: deskName, time: formats.moment(writtenAt, zone) })}</p>
      <UnsentSummary unsent={unsent} />
      {known > 0 && <p>{t('backup.unsent.known', { count: known })}</p>}
      {files > 0 && <p>{t('backup.unsent.withFiles', { count: files })}</p>}
      <MissingFiles names={missingFiles} />
      {problem && <Problem>{problem}</Problem>}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={closeDialog}>
          {t('app.cancel')}
        </Button>
        <Button ref={focusOnArrival} loading={taking} onClick={() => void take()}>
          {t('backup.unsent.takeNow')}
        </Button>
      </Group>
    </div>
  );
};
