import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import classes from './messages.module.css';
import { TABLES } from './tables.ts';
import { ThreadList } from './thread-list.tsx';
import { useThreads } from './thread-state.ts';
import { ThreadView } from './thread-view.tsx';

/** Messages by appointment: the threads on the left, the one that is chosen beside them. */
export const MessagesPlace = () => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const chosen = useThreads((threads) => threads.chosen);
  const { data, error } = useLive('messageThread', chosen, TABLES);
  return (
    <section className={classes['place']} aria-labelledby="messages-title">
      <h1 id="messages-title" className="sr-only">
        {t('messages.title')}
      </h1>
      <ThreadList activeId={chosen ? data?.threadId : undefined} />
      {chosen && data && <ThreadView key={data.threadId} thread={data} />}
      {chosen && !data && error && <EmptyState title={t('messages.title')} text={errorText(error, zone)} />}
      {!chosen && (
        <EmptyState title={t('messages.chooseTitle')} text={t('messages.chooseHint')} keyName="enterBoard" />
      )}
    </section>
  );
};
