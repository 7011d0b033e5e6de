import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadBrief } from '../../../src-main/contract/message.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { IconSearch } from '../../ui/icons.ts';
import classes from './messages.module.css';
import { TABLES } from './tables.ts';
import { choose, search, useThreads } from './thread-state.ts';
import { useShortMoment } from './use-short-moment.ts';

const PAGE = 50;
/** As long as a person types, nothing is looked for. */
const TYPING_MS = 150;
const none: readonly ThreadBrief[] = [];

/** The threads, those with unread messages first; one tab stop, the arrows choose. */
export const ThreadList = ({ activeId }: { activeId: string | undefined }) => {
  const { t } = useTranslation();
  const text = useThreads((threads) => threads.text);
  const [looked] = useDebouncedValue(text, TYPING_MS);
  const [limit, setLimit] = useState(PAGE);
  const { data } = useLive('messageThreads', { text: looked, limit: Math.min(limit, 100) }, TABLES);
  const threads = useSteadyOrder(data?.threads ?? none, looked);
  const list = useRoving(threads, activeId);

  return (
    <div className={classes['threads']}>
      <TextInput
        value={text}
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'ArrowDown' && list.enter(event)}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        placeholder={t('messages.search')}
        aria-label={t('messages.search')}
      />
      {data && threads.length === 0 && (
        <p className="soft">{t(text ? 'messages.noneFound' : 'messages.none')}</p>
      )}
      <ul ref={list.box} onKeyDown={list.onKeyDown}>
        {threads.map((thread) => (
          <Item
            key={thread.threadId}
            thread={thread}
            isCurrent={thread.threadId === activeId}
            isStop={thread.threadId === list.stopId}
          />
        ))}
      </ul>
      {data?.more && limit < 100 && (
        <Button variant="subtle" onClick={() => setLimit(limit + PAGE)}>
          {t('messages.older')}
        </Button>
      )}
    </div>
  );
};

const Item = ({
  thread,
  isCurrent,
  isStop,
}: {
  thread: ThreadBrief;
  isCurrent: boolean;
  isStop: boolean;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const shortMoment = useShortMoment();
  const { threadId, name, unread, last, appointment } = thread;
  const zone = zoneOf(appointment?.locationId ?? null);
  return (
    <li>
      <UnstyledButton
        className={classes['thread']}
        data-thread={threadId}
        data-unread={unread > 0 || undefined}
        aria-current={isCurrent || undefined}
        tabIndex={isStop ? 0 : -1}
        onClick={() => choose({ threadId })}
      >
        <span className={classes['who']}>{name || threadId}</span>
        <time dateTime={last.at} className="soft">
          {shortMoment(last.at, zone)}
        </time>
        <span className={classes['snippet']}>
          {last.type === 'note' && <b>{t('messages.type.note')}: </b>}
          {last.mine && `${t('messages.you')}: `}
          {last.text || t('messages.files', { count: last.files })}
        </span>
        {unread > 0 && (
          <span className={classes['unread']}>
            {unread}
            <span className="sr-only"> {t('messages.unread', { count: unread })}</span>
          </span>
        )}
        {appointment && (
          <span className={`${classes['about']} soft`}>
            {formats.moment(appointment.start, zone)} · {formats.name(appointment.doctorName)}
          </span>
        )}
      </UnstyledButton>
    </li>
  );
};

/**
 * The threads in the order in which they were first shown, so that none moves away because it was read. What is new, or
 * has something new, comes to the top; another search begins anew.
 */
const useSteadyOrder = (threads: readonly ThreadBrief[], search: string): readonly ThreadBrief[] => {
  const shown = useRef({ search, newest: new Map<string, string>() });
  return useMemo(() => {
    const before = shown.current.search === search ? shown.current.newest : new Map<string, string>();
    const isNew = ({ threadId, cursor }: ThreadBrief): boolean => (before.get(threadId) ?? '') < cursor;
    const places = new Map([...before.keys()].map((threadId, place) => [threadId, place]));
    const placeOf = ({ threadId }: ThreadBrief): number => places.get(threadId) ?? 0;
    const steady = threads.filter((thread) => !isNew(thread)).sort((a, b) => placeOf(a) - placeOf(b));
    const ordered = [...threads.filter(isNew), ...steady];
    shown.current = { search, newest: new Map(ordered.map(({ threadId, cursor }) => [threadId, cursor])) };
    return ordered;
  }, [threads, search]);
};

/** One tab stop for the whole list; the arrows move and choose. */
const useRoving = (threads: readonly ThreadBrief[], activeId: string | undefined) => {
  const box = useRef<HTMLUListElement>(null);
  const at = threads.findIndex(({ threadId }) => threadId === activeId);
  const stopId = (threads[at] ?? threads[0])?.threadId;
  const go = (index: number): void => {
    const thread = threads[Math.min(threads.length - 1, Math.max(0, index))];
    if (!thread) return;
    choose({ threadId: thread.threadId });
    [...(box.current?.querySelectorAll<HTMLElement>('[data-thread]') ?? [])]
      .find((item) => item.dataset['thread'] === thread.threadId)
      ?.focus();
  };
  const enter = (event?: KeyboardEvent): void => {
    event?.preventDefault();
    go(Math.max(at, 0));
  };
  useKeys({ enterBoard: () => enter() });
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    go(at + step);
  };
  return { box, stopId, enter, onKeyDown };
};
