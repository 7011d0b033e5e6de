import { Button } from '@mantine/core';
import { type DragEvent, Fragment, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Message, Thread } from '../../../src-main/contract/message.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openPatient } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Composer } from './composer.tsx';
import { MessageItem } from './message-item.tsx';
import classes from './messages.module.css';
import { useAttach } from './use-attach.ts';

/** One thread: what it is about, its messages by day, and the field for the next one. */
export const ThreadView = ({ thread }: { thread: Thread }) => {
  const { t } = useTranslation();
  const { zoneOf } = useClinic();
  const zone = zoneOf(thread.appointment?.locationId ?? null);
  const attach = useAttach(thread.threadId);
  const drop = useDrop((files) => void attach.add(files));
  const scroller = useAtEnd(thread.messages);
  useRead(thread);

  return (
    <section
      className={classes['view']}
      aria-label={thread.name || thread.threadId}
      data-drop={drop.isOver}
      {...drop.on}
    >
      <Heading thread={thread} zone={zone} />
      <div className={classes['messages']} ref={scroller}>
        {thread.messages.length === 0 && <p className={`${classes['first']} soft`}>{t('messages.first')}</p>}
        <ol aria-label={t('messages.title')}>
          {byDay(thread.messages, zone).map(({ day, messages }) => (
            <Fragment key={day}>
              <DayMark day={day} />
              {messages.map((message) => (
                <MessageItem key={message.id} message={message} zone={zone} />
              ))}
            </Fragment>
          ))}
        </ol>
      </div>
      <Composer thread={thread} attach={attach} />
    </section>
  );
};

const Heading = ({ thread, zone }: { thread: Thread; zone: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { appointment, patientId } = thread;
  return (
    <header className={classes['head']}>
      <div>
        <h2>{thread.name || thread.threadId}</h2>
        <p className="soft">
          {appointment ? (
            <>
              <time dateTime={appointment.start}>{formats.momentWithYear(appointment.start, zone)}</time>
              {' · '}
              {formats.name(appointment.doctorName)} <StatusBadge status={appointment.status} />
            </>
          ) : (
            thread.name && thread.threadId
          )}
        </p>
      </div>
      {patientId && (
        <Button variant="default" onClick={() => openPatient(patientId)}>
          {t('messages.openPatient')}
        </Button>
      )}
    </header>
  );
};

const DayMark = ({ day }: { day: string }) => {
  const formats = useFormats();
  return (
    <li className={classes['day']}>
      <time dateTime={day}>{formats.day(day)}</time>
    </li>
  );
};

/** The messages by the day on which they were sent, by the clocks of the place. */
const byDay = (messages: readonly Message[], zone: string): { day: string; messages: Message[] }[] => {
  const days: { day: string; messages: Message[] }[] = [];
  for (const message of messages) {
    const day = Temporal.Instant.from(message.sentAt).toZonedDateTimeISO(zone).toPlainDate().toString();
    const last = days.at(-1);
    if (last?.day === day) last.messages.push(message);
    else days.push({ day, messages: [message] });
  }
  return days;
};

/** Whoever has a thread in front of them has read it; not while the window is behind others. */
const useRead = ({ threadId, messages }: Thread): void => {
  const hasUnread = messages.some(({ unread }) => unread);
  useEffect(() => {
    if (!hasUnread) return;
    const read = (): void => {
      if (document.visibilityState === 'visible') void call('readThread', { threadId });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [threadId, hasUnread]);
};

/** How far from the end still counts as at the end, in pixels. */
const NEAR_END = 120;

/** Shows the end of the thread when it opens and when something comes, unless somebody reads further up. */
const useAtEnd = (messages: readonly Message[]) => {
  const scroller = useRef<HTMLDivElement>(null);
  const count = useRef(0);
  useEffect(() => {
    const box = scroller.current;
    if (!box || messages.length === count.current) return;
    const isFirst = count.current === 0;
    const isNear =
      box.scrollHeight - box.scrollTop - box.clientHeight <
      NEAR_END + (box.lastElementChild?.lastElementChild?.clientHeight ?? 0);
    const isMine = messages.at(-1)?.mine === true;
    count.current = messages.length;
    if (isFirst || isNear || isMine) box.scrollTop = box.scrollHeight;
  }, [messages]);
  return scroller;
};

/** Files that are let go over the thread. */
const useDrop = (take: (files: File[]) => void) => {
  const [isOver, setOver] = useState(false);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return {
    isOver: isOver || undefined,
    on: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        take([...event.dataTransfer.files]);
      },
    },
  };
};
