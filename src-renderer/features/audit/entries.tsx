import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './audit.module.css';
import { EntryLine } from './entry-line.tsx';
import type { ReadAudit } from './use-audit.ts';

/** Entries that were read, and how to read more; or why there are none. */
export const Entries = ({ audit, ofPatient = false }: { audit: ReadAudit; ofPatient?: boolean }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { entries, hasMore, reading, error, more, again } = audit;
  if (error && entries.length === 0) {
    const tryAgain = <Button onClick={again}>{t('audit.again')}</Button>;
    return error.code === 'needs_central' ? (
      <EmptyState title={t('audit.away')} text={t('audit.awayHint')} action={tryAgain} />
    ) : (
      <>
        <Problem>{errorText(error, zone)}</Problem>
        {tryAgain}
      </>
    );
  }
  if (entries.length === 0)
    return reading ? (
      <p className="soft" role="status">
        {t('audit.reading')}
      </p>
    ) : (
      <EmptyState title={t('audit.none')} text={t('audit.noneHint')} />
    );
  return (
    <>
      <ol className={classes['entries']} aria-label={t('audit.title')} aria-busy={reading}>
        {entries.map((entry) => (
          <EntryLine key={entry.seq} entry={entry} ofPatient={ofPatient} />
        ))}
      </ol>
      {error && <Problem>{errorText(error, zone)}</Problem>}
      {hasMore && (
        <Button variant="default" className={classes['next'] ?? ''} loading={reading} onClick={more}>
          {t('audit.more')}
        </Button>
      )}
    </>
  );
};
