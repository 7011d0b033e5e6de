import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { openSettings } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';

const HOUR_MS = 3_600_000;

/** Beside the notices, for whoever can do something about it: the last backup is old, or there is none. */
export const BackupNotice = () => {
  const mayManage = useMay('desks.manage');
  const { clinic } = useClinic();
  return mayManage && !clinic.isSample ? <Due /> : null;
};

const Due = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { data, reload } = useLive('backups', {}, ['backups']);
  useEffect(() => {
    // It becomes due by itself, on a screen that stands open for days.
    const timer = setInterval(reload, HOUR_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!data?.due) return null;
  const [last] = data.made;
  return (
    <span>
      {last ? t('backup.notice.old', { day: formats.dayOf(last.madeAt, zone) }) : t('backup.notice.never')}{' '}
      <Button variant="light" size="compact-xs" onClick={() => openSettings('backup')}>
        {t('backup.notice.open')}
      </Button>
    </span>
  );
};
