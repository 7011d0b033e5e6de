import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoggedError } from '../../../src-main/contract/diagnostics.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './diagnostics.module.css';

/** Those that are shown before somebody asks for more. */
const FIRST = 8;

/** What the log calls a fault, newest first, in the log's own words. */
export const FailedLately = ({ errors }: { errors: readonly LoggedError[] }) => {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const formats = useFormats();
  const { zone } = useClinic();
  const shown = all ? errors : errors.slice(0, FIRST);
  return (
    <section className={classes['part']} aria-labelledby="failed-title">
      <h2 id="failed-title">{t('diagnostics.failed.title')}</h2>
      {errors.length === 0 ? (
        <p className="soft">{t('diagnostics.failed.none')}</p>
      ) : (
        <ul className={classes['list']}>
          {shown.map((error) => (
            <li key={`${error.at} ${error.message} ${factsText(error)}`}>
              <div className={classes['line']}>
                <span lang="en">{error.message}</span>
                <span className="soft tabular">{formats.momentWithYear(error.at, zone)}</span>
              </div>
              <code lang="en">{factsText(error)}</code>
            </li>
          ))}
        </ul>
      )}
      {!all && errors.length > FIRST && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('diagnostics.failed.more', { count: errors.length - FIRST })}
        </Button>
      )}
    </section>
  );
};

const factsText = ({ facts }: LoggedError): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');
