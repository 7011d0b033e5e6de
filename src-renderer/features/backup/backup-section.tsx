import { useTranslation } from 'react-i18next';
import type { Backup, Backups } from '../../../src-main/contract/backup.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { BackUpForm } from './back-up-form.tsx';
import classes from './backup.module.css';

/** How the clinic's database is kept safe: a backup now, and the last ones; or who else does it. */
export const BackupSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('backups', {}, ['backups']);
  if (!data) return null;
  return (
    <section className={classes['part']} aria-labelledby="backup-title">
      <h2 id="backup-title">{t('backup.title')}</h2>
      <p className="soft">{t(`backup.about.${data.kind}`)}</p>
      {data.kind === 'here' && <BackUpForm backups={data} />}
      {data.kind !== 'sample' && <Made backups={data} />}
    </section>
  );
};

const Made = ({ backups: { kind, made } }: { backups: Backups }) => {
  const { t } = useTranslation();
  if (made.length === 0) return kind === 'here' ? <p className="soft">{t('backup.none')}</p> : null;
  return (
    <>
      <h3 id="backups-made">{t('backup.made')}</h3>
      <table className={classes['table']} aria-labelledby="backups-made">
        <thead>
          <tr>
            <th scope="col">{t('backup.when')}</th>
            <th scope="col" className={classes['number']}>
              {t('backup.size')}
            </th>
            <th scope="col">{t('backup.tried')}</th>
          </tr>
        </thead>
        <tbody>
          {made.map((backup) => (
            <Line key={backup.madeAt} backup={backup} />
          ))}
        </tbody>
      </table>
    </>
  );
};

const Line = ({ backup: { madeAt, bytes, checkedAt } }: { backup: Backup }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  return (
    <tr className="tabular">
      <td>{formats.momentWithYear(madeAt, zone)}</td>
      <td className={classes['number']}>
        {t('backup.megabytes', { size: formats.number(Math.max(0.1, Math.round(bytes / 100_000) / 10)) })}
      </td>
      <td>{checkedAt ? formats.momentWithYear(checkedAt, zone) : t('backup.never')}</td>
    </tr>
  );
};
