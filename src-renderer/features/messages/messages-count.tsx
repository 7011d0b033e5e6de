import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import classes from './messages.module.css';

/** How many messages who is at the desk has not read, beside the name of their place in the rail. */
export const MessagesCount = () => {
  const { t } = useTranslation();
  const { data } = useLive('unreadMessages', {}, ['messages', 'message_receipts', 'desk_state']);
  const count = data?.messages ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes['count']}>
      {count > 99 ? '99+' : count}
      <span className="sr-only"> {t('messages.unread', { count })}</span>
    </span>
  );
};
