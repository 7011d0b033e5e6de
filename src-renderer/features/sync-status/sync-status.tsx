import { Popover, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../src-main/contract/sync.ts';
import { useSyncState } from '../../api/sync-state.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './sync-status.module.css';
import { SyncStory } from './sync-story.tsx';
import { wordOf } from './word.ts';

/** The state of the sync, one word and a dot; a click tells the whole story. */
export const SyncStatus = () => {
  const { t } = useTranslation();
  const state = useSyncState();
  const [open, setOpen] = useState(false);
  const corner = useRef<HTMLDivElement>(null);
  const show = (shown: boolean): void => {
    setOpen(shown);
    if (!shown) corner.current?.querySelector('button')?.focus();
  };
  if (!state) return <div className={classes['corner']} />;
  return (
    <div ref={corner} className={classes['corner']}>
      <Popover
        opened={open}
        onChange={show}
        position="top-end"
        width={400}
        trapFocus
        closeOnEscape={false}
        withRoles={false}
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <UnstyledButton
            className={classes['status']}
            data-tone={wordOf(state).tone}
            aria-expanded={open}
            aria-haspopup="dialog"
            onClick={() => show(!open)}
          >
            <span className={classes['dot']} aria-hidden="true" />
            <span role="status">
              <SyncWord state={state} />
            </span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={classes['story'] ?? ''} role="dialog" aria-label={t('sync.story.title')}>
          <SyncStory state={state} onClose={() => show(false)} />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
};

const SyncWord = ({ state }: { state: SyncState }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const word = wordOf(state);
  switch (word.key) {
    case 'offline':
      return t('sync.word.offline', { time: formats.time(word.since, zone) });
    case 'offlineWaiting':
      return t('sync.word.offlineWaiting', { time: formats.time(word.since, zone), count: word.count });
    case 'sending':
    case 'kept':
    case 'needsYou':
    case 'offlineNeverWaiting':
      return t(`sync.word.${word.key}`, { count: word.count });
    case 'firstSync':
      return t('sync.word.firstSync', { percent: word.percent });
    default:
      return t(`sync.word.${word.key}`);
  }
};
