import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Crash } from '../../../src-main/contract/diagnostics.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './diagnostics.module.css';

/** The crash reports of this PC, newest first, each with its places in the code. */
export const Crashes = ({ crashes }: { crashes: readonly Crash[] }) => {
  const { t } = useTranslation();
  return (
    <section className={classes['part']} aria-labelledby="crashes-title">
      <Group justify="space-between" wrap="nowrap" gap="lg">
        <h2 id="crashes-title">{t('diagnostics.crashes.title')}</h2>
        {crashes.some(({ isNew }) => isNew) && (
          <Button variant="default" size="compact-md" onClick={() => void call('settleCrashes', {})}>
            {t('diagnostics.crashes.settle')}
          </Button>
        )}
      </Group>
      {crashes.length === 0 ? (
        <p className="soft">{t('diagnostics.crashes.none')}</p>
      ) : (
        <>
          <p className="soft">{t('diagnostics.crashes.hint')}</p>
          <ul className={classes['list']}>
            {crashes.map((crash) => (
              <Report key={crash.id} crash={crash} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
};

const Report = ({ crash }: { crash: Crash }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { at, part, fault, code, frames, version, isNew } = crash;
  return (
    <li data-new={isNew || undefined}>
      <div className={classes['line']}>
        <strong>{t(`diagnostics.crashes.part.${part}`)}</strong>
        <span className="soft tabular">
          {formats.momentWithYear(at, zone)} · {version}
        </span>
      </div>
      <code lang="en">{code === null ? fault : `${fault} ${code}`}</code>
      {frames.length > 0 && (
        <details>
          <summary>{t('diagnostics.crashes.where')}</summary>
          <code className={classes['frames']} lang="en">
            {frames.join('\n')}
          </code>
        </details>
      )}
    </li>
  );
};
