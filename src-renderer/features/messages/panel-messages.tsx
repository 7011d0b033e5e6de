import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useLive } from '../../api/live.ts';
import { useKeys } from '../../app/use-keys.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import classes from './messages.module.css';
import { openThread } from './thread-state.ts';

/** The messages of the chosen appointment: how many, the newest, and the way to them. */
export const PanelMessages = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const appointmentId = appointment.id;
  const open = (): void => openThread({ appointmentId });
  useKeys({ openMessages: open });
  const { data } = useLive('messageThread', { appointmentId }, ['messages', 'message_receipts']);
  const there = data?.messages.filter(({ deletedAt }) => deletedAt === null) ?? [];
  const unread = there.filter((message) => message.unread).length;
  const last = there.at(-1);
  return (
    <section className={classes['panel']} aria-labelledby="panel-messages">
      <h3 id="panel-messages">
        {t('messages.title')}
        {unread > 0 && (
          <span className={classes['unreadWord']}>{t('messages.unread', { count: unread })}</span>
        )}
      </h3>
      {last && (
        <p className={classes['lastLine']}>
          <b>{last.mine ? t('messages.you') : last.author.name}</b> {last.text || last.files[0]?.fileName}
        </p>
      )}
      <Button
        fullWidth
        variant="default"
        justify="space-between"
        onClick={open}
        rightSection={<KeyHint keyName="openMessages" />}
      >
        {there.length > 0 ? t('messages.openCount', { count: there.length }) : t('messages.begin')}
      </Button>
    </section>
  );
};
