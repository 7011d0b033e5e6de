import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { openDialog } from '../../app/screen.ts';
import classes from './backup.module.css';
import { UnsentSummary } from './unsent-summary.tsx';

/** On the settings' page: what this desk has that central has not, and how it goes by way of another desk. */
export const UnsentSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('unsentHere', {}, ['outbox', 'refusals']);
  if (!data) return null;
  const nothing = data.waiting.length === 0 && data.refused === 0;
  return (
    <section className={classes['part']} aria-labelledby="unsent-title">
      <h2 id="unsent-title">{t('backup.unsent.title')}</h2>
      <p className="soft">{t('backup.unsent.about')}</p>
      {nothing ? <p>{t('backup.unsent.nothing')}</p> : <UnsentSummary unsent={data} />}
      <Group gap="sm">
        <Button variant="default" disabled={nothing} onClick={() => openDialog({ kind: 'exportUnsent' })}>
          {t('backup.unsent.write')}
        </Button>
        <Button variant="default" onClick={() => openDialog({ kind: 'importUnsent' })}>
          {t('backup.unsent.take')}
        </Button>
      </Group>
    </section>
  );
};
