import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IntegrationState } from '../../../src-main/contract/integrations.ts';
import { useIntegrationStates } from '../../api/running.ts';
import { useMay } from '../../app/rights.ts';
import { openSettings } from '../../app/screen.ts';
import { useRunErrorText } from '../../ui/run-words.ts';

/** Beside the notices, for everybody: what comes from an outside system is not new any more. */
export const ConnectionNotice = () => {
  const mayRead = useMay('schedule.read');
  const states = useIntegrationStates(mayRead ? {} : null);
  return (
    <>
      {states
        ?.filter(({ enabled, alert }) => enabled && alert !== null)
        .map((state) => (
          <Notice key={state.source} state={state} />
        ))}
    </>
  );
};

const Notice = ({ state: { source: code, alert, lastError } }: { state: IntegrationState }) => {
  const { t } = useTranslation();
  const runErrorText = useRunErrorText();
  const mayManage = useMay('clinic.manage');
  const source = t(`outside.source.${code}`);
  return (
    <span>
      {alert === 'failing' && lastError
        ? t('connections.notice.failing', { source, why: runErrorText(code, lastError.code) })
        : t('connections.notice.silent', { source })}{' '}
      {mayManage && (
        <Button variant="light" size="compact-xs" onClick={() => openSettings('connections')}>
          {t('connections.notice.open')}
        </Button>
      )}
    </span>
  );
};
