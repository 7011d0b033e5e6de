import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ConflictEntry } from './conflict-entry.tsx';
import classes from './conflicts.module.css';

const TABLES = ['refusals', 'appointments', 'patients', 'payments', 'cash_ups', 'prescriptions'];

/** What central refused and nobody has decided: both sides, and what can be done. */
export const Inbox = () => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const { data, error } = useLive('conflicts', {}, TABLES);
  if (error && !data) return <EmptyState title={t('conflicts.title')} text={errorText(error, zone)} />;
  if (!data) return null;
  if (data.length === 0) {
    return (
      <>
        <h1 className="sr-only">{t('conflicts.title')}</h1>
        <EmptyState title={t('conflicts.empty')} text={t('conflicts.emptyHint')} />
      </>
    );
  }
  return (
    <section className={classes['inbox']} aria-labelledby="inbox-title">
      <header>
        <h1 id="inbox-title">{t('conflicts.title')}</h1>
        <p className="soft">{t('conflicts.intro')}</p>
      </header>
      {data.map((conflict) => (
        <ConflictEntry key={conflict.changeId} conflict={conflict} />
      ))}
    </section>
  );
};

/** How many entries wait, beside the inbox's name. */
export const InboxCount = () => {
  const { t } = useTranslation();
  const count = useLive('conflicts', {}, TABLES).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes['count']}>
      {count}
      <span className="sr-only"> {t('conflicts.countOf', { count })}</span>
    </span>
  );
};
