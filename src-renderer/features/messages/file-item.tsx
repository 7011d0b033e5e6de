import { ActionIcon, Button, Progress, UnstyledButton } from '@mantine/core';
import { IconDownload, IconFile, IconFileTypePdf, IconPhoto, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileState, MessageFile } from '../../../src-main/contract/message.ts';
import { call } from '../../api/client.ts';
import { fileAddress, showsPdf } from '../../api/files.ts';
import { useLive } from '../../api/live.ts';
import { openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { sizeText } from '../../ui/file-size.ts';
import classes from './messages.module.css';

const icons = { image: IconPhoto, pdf: IconFileTypePdf, no: IconFile };

/** A message's file: an image as a small picture, every file by name and size, with what can be done with it here. */
export const FileItem = ({ file }: { file: MessageFile }) => {
  const { t } = useTranslation();
  const { attachmentId } = file;
  const input = attachmentId ? { attachmentId } : null;
  const { data: state } = useLive('fileState', input, ['files', 'attachments']);
  return (
    <li className={classes['file']}>
      {attachmentId && state?.state === 'here' && file.shown === 'image' && (
        <UnstyledButton onClick={() => openDialog({ kind: 'messageFile', file })} aria-label={file.fileName}>
          <img src={fileAddress(attachmentId, 'shown')} alt="" loading="lazy" />
        </UnstyledButton>
      )}
      <Line file={file} />
      {!attachmentId && <p className="soft">{t('messages.fileElsewhere')}</p>}
      {attachmentId && state && <Where attachmentId={attachmentId} state={state} file={file} />}
    </li>
  );
};

const Line = ({ file }: { file: MessageFile }) => {
  const formats = useFormats();
  const Icon = icons[file.shown];
  return (
    <p className={classes['fileName']}>
      <Icon size={20} stroke={1.75} aria-hidden="true" />
      <span>{file.fileName}</span>
      {file.sizeBytes !== null && (
        <span className="soft tabular">{sizeText(file.sizeBytes, formats.locale)}</span>
      )}
    </p>
  );
};

/** Opens or saves a file that is here, fetches one that is not, and says why where neither is possible. */
const Where = ({
  attachmentId,
  state,
  file,
}: {
  attachmentId: string;
  state: FileState;
  file: MessageFile;
}) => {
  const { t } = useTranslation();
  const fetchIt = (stop = false): void => void call('fetchFile', { attachmentId, stop });
  switch (state.state) {
    case 'here':
      return (
        <p className={classes['fileActions']}>
          {file.shown === 'image' && (
            <Button
              variant="default"
              size="compact-md"
              onClick={() => openDialog({ kind: 'messageFile', file })}
            >
              {t('messages.open')}
            </Button>
          )}
          {file.shown === 'pdf' && showsPdf && (
            <Button
              variant="default"
              size="compact-md"
              component="a"
              href={fileAddress(attachmentId, 'shown')}
              target="_blank"
              rel="noopener noreferrer"
            >
              {t('messages.open')}
            </Button>
          )}
          <Button
            variant="subtle"
            size="compact-md"
            component="a"
            href={fileAddress(attachmentId, 'saved')}
            download={file.fileName}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
          >
            {t('messages.saveFile')}
          </Button>
        </p>
      );
    case 'fetching':
      return <Fetching state={state} onStop={() => fetchIt(true)} />;
    case 'away':
      return state.online ? (
        <Button variant="default" size="compact-md" onClick={() => fetchIt()}>
          {t('messages.fetch')}
        </Button>
      ) : (
        <p className="soft">{t('messages.fileAway')}</p>
      );
    case 'not_sent':
      return <p className="soft">{t('messages.fileNotSent')}</p>;
    case 'damaged':
      return <p className={classes['damaged']}>{t('messages.fileDamaged')}</p>;
  }
};

const Fetching = ({ state, onStop }: { state: FileState; onStop: () => void }) => {
  const { t } = useTranslation();
  const { done, total } = state.progress ?? { done: 0, total: 1 };
  const percent = Math.round((100 * done) / Math.max(1, total));
  return (
    <p className={classes['fetching']}>
      <Progress value={percent} aria-label={t('messages.fetching', { percent })} />
      <span className="tabular">{t('messages.fetching', { percent })}</span>
      <ActionIcon size="sm" aria-label={t('messages.stopFetching')} onClick={onStop}>
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </p>
  );
};
