import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { closeDialog, goTo } from '../../app/screen.ts';
import classes from './backup.module.css';
import { MissingFiles } from './export-dialog.tsx';
import { focusOnArrival } from './focus.ts';
import { bySubject } from './kinds.ts';

const fates = ['waiting', 'applied', 'refused'] as const;

/** What became of the changes that were taken, as central answers. */
export const TakenView = () => {
  const { t } = useTranslation();
  const { data } = useLive('unsentTaken', {}, ['outbox', 'refusals', 'desk_settings']);
  if (!data) return null;
  const lines = bySubject(data.kinds, fates);
  const needsYou = data.inbox + lines.reduce((sum, { refused }) => sum + refused, 0);
  const openInbox = (): void => {
    closeDialog();
    goTo('inbox');
  };
  return (
    <div className={classes['form']} role="status">
      <p>{t('backup.unsent.became', { desk: data.deskName })}</p>
      {lines.length > 0 && (
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('backup.unsent.what')}</th>
              {fates.map((fate) => (
                <th key={fate} scope="col" className={classes['number']}>
                  {t(`backup.unsent.fate.${fate}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ subject, ...counts }) => (
              <tr key={subject}>
                <td>{t(`backup.subjectName.${subject}`)}</td>
                {fates.map((fate) => (
                  <td key={fate} className={`${classes['number']} tabular`}>
                    {counts[fate]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {needsYou > 0 && <p>{t('backup.unsent.needsYou', { count: needsYou })}</p>}
      <MissingFiles names={data.missingFiles} />
      <Group gap="sm" justify="flex-end">
        {needsYou > 0 && (
          <Button variant="default" onClick={openInbox}>
            {t('sync.story.openInbox')}
          </Button>
        )}
        <Button ref={focusOnArrival} onClick={closeDialog}>
          {t('app.close')}
        </Button>
      </Group>
    </div>
  );
};
