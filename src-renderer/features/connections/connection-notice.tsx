import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OutsideSource, RunAlert } from '../../../src-main/contract/integrations.ts';
import { useIntegrationStates } from '../../api/running.ts';
import { useMay } from '../../app/rights.ts';
import { openSettings } from '../../app/screen.ts';

/** Beside the notices, for everybody: what comes from an outside system is not new any more. */
export const ConnectionNotice = () => {
  const mayRead = useMay('schedule.read');
  const states = useIntegrationStates(mayRead ? {} : null);
  return (
    <>
      {states?.map(
        ({ source, enabled, alert }) =>
          enabled && alert && <Notice key={source} source={source} alert={alert} />,
      )}
    </>
  );
};

const Notice = ({ source, alert }: { source: OutsideSource; alert: RunAlert }) => {
  const { t } = useTranslation();
  const mayManage = useMay('clinic.manage');
  return (
    <span>
      {t(`connections.notice.${alert}`, { source: t(`outside.source.${source}`) })}{' '}
      {mayManage && (
        <Button variant="light" size="compact-xs" onClick={() => openSettings('connections')}>
          {t('connections.notice.open')}
        </Button>
      )}
    </span>
  );
};
