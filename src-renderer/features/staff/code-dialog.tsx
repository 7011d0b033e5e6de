import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StaffCode } from '../../../src-main/contract/staff.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './staff.module.css';

/** A code, shown this once: to be read out, copied, or printed; and what became of its mail. */
export const CodeDialog = ({ code: issued }: { code: StaffCode }) => {
  const { t } = useTranslation();
  const { momentWithYear } = useFormats();
  const { zone } = useClinic();
  const { userId, name, purpose, code, expiresAt, mailed } = issued;
  const print = (): void =>
    openDialog({ kind: 'print', job: { kind: 'staffCode', userId, purpose, code, expiresAt } });
  return (
    <DialogWindow title={t('staff.code.title', { name })} size={560}>
      <Stack gap="md">
        <Text>{t(`staff.code.${purpose}`, { name })}</Text>
        <div className={classes['code']}>{code}</div>
        <div>
          <Text>{t('staff.code.until', { when: momentWithYear(expiresAt, zone) })}</Text>
          <Text c="dimmed">{t('staff.code.once')}</Text>
        </div>
        {mailed.mail === 'sent' && <Text role="status">{t('staff.code.sent', { to: mailed.to })}</Text>}
        {mailed.mail === 'failed' && (
          <Problem>
            {t('staff.code.failed', { to: mailed.to, why: t(`staff.mail.faults.${mailed.fault}`) })}
          </Problem>
        )}
        <Group justify="space-between">
          <Group gap="sm">
            <Button data-autofocus onClick={print}>
              {t('staff.code.print')}
            </Button>
            <CopyButton value={code}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'staff.code.copied' : 'staff.code.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Button variant="default" onClick={closeDialog}>
            {t('staff.code.done')}
          </Button>
        </Group>
      </Stack>
    </DialogWindow>
  );
};
