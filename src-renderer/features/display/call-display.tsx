import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Called } from '../../../src-main/contract/kiosk.ts';
import { useLive } from '../../api/live.ts';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import classes from './display.module.css';

const TABLES = ['appointments', 'patients', 'doctors', 'rooms', 'clinics'];

/** The screen on the wall of the waiting room: who goes in, and who is next. Nothing moves but what has changed. */
export const CallDisplay = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { data, error, reload } = useLive('callDisplay', {}, TABLES);
  // Whoever was called stands there for two minutes, which no event ends.
  useEffect(() => {
    if (now) reload();
  }, [now, reload]);

  if (error && !data) {
    return (
      <div className={classes['display']}>
        <main>
          <h1>{t('kiosk.closed')}</h1>
          <p>{t('kiosk.closedHint')}</p>
        </main>
      </div>
    );
  }
  if (!data) return null;
  const goIn = data.called.filter(({ what }) => what === 'go_in');
  const ready = data.called.filter(({ what }) => what === 'ready');
  return (
    <div className={classes['display']}>
      <header>
        <h1>{formats.name(data.clinicName)}</h1>
        <time>{formats.time(new Date(now).toISOString(), data.timezone)}</time>
      </header>
      <main aria-live="polite">
        {goIn.length > 0 && <Part title={t('kiosk.display.goIn')} people={goIn} large />}
        {ready.length > 0 && <Part title={t('kiosk.display.ready')} people={ready} />}
        {data.called.length === 0 && <p className={classes['nobody']}>{t('kiosk.display.nobody')}</p>}
      </main>
      <footer>
        <LanguageSwitch label={t('kiosk.language')} size="sm" />
      </footer>
    </div>
  );
};

const Part = ({
  title,
  people,
  large = false,
}: {
  title: string;
  people: readonly Called[];
  large?: boolean;
}) => {
  const formats = useFormats();
  return (
    <section data-large={large}>
      <h2>{title}</h2>
      <ul>
        {people.map(({ label, doctorName, roomName }) => (
          <li key={`${label} ${doctorName.en}`}>
            <strong>{label}</strong>
            <span>
              {roomName && <b>{formats.name(roomName)}</b>}
              {formats.name(doctorName)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
