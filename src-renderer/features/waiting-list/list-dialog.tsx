import { Button, Group, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WaitingListEntry } from '../../../src-main/contract/waiting-list.ts';
import { useLive } from '../../api/live.ts';
import { useKept } from '../../app/kept.ts';
import { openDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { EntryLine } from './entry-line.tsx';
import { useEntryChange } from './use-entry-change.ts';
import classes from './waiting-list.module.css';

/** From how many on a name is easier typed than looked for. */
const MANY = 8;

/** `U`: everybody who waits for an earlier time, in their turn. */
export const WaitingListDialog = () => {
  const { t } = useTranslation();
  const [typed, setTyped] = useKept('typed', '');
  const { data } = useLive('waitingList', {}, ['waiting_list_entries', 'appointments', 'patients']);
  const wanted = typed.trim().toLocaleLowerCase();
  const entries = data?.filter(({ patient }) => fullName(patient).toLocaleLowerCase().includes(wanted)) ?? [];
  const add = (
    <Button autoFocus variant="default" onClick={() => openDialog({ kind: 'waitingListEntry' })}>
      {t('waitingList.add')}
    </Button>
  );
  return (
    <DialogWindow title={t('waitingList.title')} size={640}>
      <div className={classes['body']}>
        {data?.length === 0 && (
          <EmptyState title={t('waitingList.empty')} text={t('waitingList.emptyHint')} action={add} />
        )}
        {data && data.length > 0 && (
          <>
            <Group justify="space-between" mb="sm">
              {data.length >= MANY ? (
                <TextInput
                  size="sm"
                  placeholder={t('waitingList.filter')}
                  aria-label={t('waitingList.filter')}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
              ) : (
                <Text c="dimmed">{t('waitingList.count', { count: data.length })}</Text>
              )}
              {add}
            </Group>
            <ul className={classes['list']}>
              {entries.map((entry) => (
                <li key={entry.id}>
                  <EntryLine entry={entry} />
                  <EntryButtons entry={entry} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </DialogWindow>
  );
};

/** Change and take off. */
export const EntryButtons = ({ entry }: { entry: WaitingListEntry }) => {
  const { t } = useTranslation();
  const { remove } = useEntryChange();
  const name = fullName(entry.patient);
  return (
    <div className={classes['buttons']}>
      <Button
        variant="subtle"
        size="compact-md"
        aria-label={t('waitingList.editName', { name })}
        onClick={() => openDialog({ kind: 'waitingListEntry', entry })}
      >
        {t('waitingList.edit')}
      </Button>
      <Button
        variant="subtle"
        size="compact-md"
        aria-label={t('waitingList.removeName', { name })}
        onClick={() => void remove(entry)}
      >
        {t('waitingList.remove')}
      </Button>
    </div>
  );
};
