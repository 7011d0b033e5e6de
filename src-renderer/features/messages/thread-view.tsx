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

/** Who only passes by on the way to another thread has not read it. */
const READ_MS = 1000;

/** Whoever has had a thread in front of them for a moment has read it; not while the window is behind others. */
const useRead = ({ threadId, messages }: Thread): void => {
  const hasUnread = messages.some(({ unread }) => unread);
  useEffect(() => {
    if (!hasUnread) return;
    const read = (): void => {
      if (document.visibilityState === 'visible') void call('readThread', { threadId });
    };
    const timer = setTimeout(read, READ_MS);
    document.addEventListener('visibilitychange', read);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', read);
    };
  }, [threadId, hasUnread]);
};

/** How far from the end still counts as at the end, in pixels. */
const NEAR_END = 60;

/** Keeps the end of the thread in view as it grows (a message comes, a picture is drawn), unless somebody reads further up. */
const useAtEnd = (messages: readonly Message[]) => {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const mine = messages.findLast((message) => message.mine)?.id;
  useEffect(() => {
    const box = scroller.current;
    const content = box?.querySelector('ol');
    if (!box || !content) return;
    const toEnd = (): void => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    };
    const look = (): void => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    };
    const growth = new ResizeObserver(toEnd);
    growth.observe(content);
    growth.observe(box);
    box.addEventListener('scroll', look);
    return () => {
      growth.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
  useEffect(() => {
    if (mine === undefined || !scroller.current) return;
    atEnd.current = true;
    scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [mine]);
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
