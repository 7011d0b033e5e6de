import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageFile } from '../../../src-main/contract/message.ts';
import { fileAddress } from '../../api/files.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './messages.module.css';

/** An image of a message, as large as the window lets it be. */
export const FileDialog = ({ file }: { file: MessageFile }) => {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const { attachmentId, fileName } = file;
  if (attachmentId === null) return null;
  return (
    <DialogWindow title={fileName} size="xl">
      {failed ? (
        <Problem>{t('messages.fileDamaged')}</Problem>
      ) : (
        <img
          className={classes['large']}
          src={fileAddress(attachmentId, 'shown')}
          alt={fileName}
          onError={() => setFailed(true)}
        />
      )}
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          component="a"
          href={fileAddress(attachmentId, 'saved')}
          download={fileName}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          data-autofocus
        >
          {t('messages.saveFile')}
        </Button>
      </Group>
    </DialogWindow>
  );
};
