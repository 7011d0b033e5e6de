import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ConflictEntry } from './conflict-entry.tsx';
import classes from './conflicts.module.css';
import { OutsideEntry } from './outside-entry.tsx';
import { useProblems } from './use-problems.ts';

/** What waits for a decision: both sides, and what can be done. */
export const Inbox = () => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const { refused, outside, error } = useProblems();
  if (error) return <EmptyState title={t('conflicts.title')} text={errorText(error, zone)} />;
  if (!refused || !outside) return null;
  if (refused.length + outside.length === 0) {
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
      {refused.map((conflict) => (
        <ConflictEntry key={conflict.changeId} conflict={conflict} />
      ))}
      {outside.map((problem) => (
        <OutsideEntry key={problem.id} problem={problem} />
      ))}
    </section>
  );
};

/** How many entries wait, beside the inbox's name. */
export const InboxCount = () => {
  const { t } = useTranslation();
  const { refused, outside } = useProblems();
  const count = (refused?.length ?? 0) + (outside?.length ?? 0);
  if (count === 0) return null;
  return (
    <span className={classes['count']}>
      {count}
      <span className="sr-only"> {t('conflicts.countOf', { count })}</span>
    </span>
  );
};
