import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openSettings } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';

/** Beside the notices, until somebody has seen to it: Anteroom ended by a fault, and a report of it can be had. */
export const CrashNotice = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { data } = useLive('newCrash', {}, ['crash_reports']);
  const at = data?.at;
  if (!at) return null;
  return (
    <span>
      {t('diagnostics.notice.text', { when: formats.moment(at, zone) })}{' '}
      <Button variant="light" size="compact-xs" onClick={() => openSettings('diagnostics')}>
        {t('diagnostics.notice.open')}
      </Button>
    </span>
  );
};
