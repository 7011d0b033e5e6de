import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KioskAnswer } from '../../../src-main/contract/kiosk.ts';
import { useLive } from '../../api/live.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useFormats } from '../../i18n/format.ts';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { Answer } from './answer.tsx';
import classes from './kiosk.module.css';
import { LeaveForm } from './leave-form.tsx';
import { useIdle } from './use-idle.ts';
import { WhoForm } from './who-form.tsx';

/** Whoever walks away leaves nothing behind. */
const IDLE_MS = 30_000;

type Step = { name: 'start' | 'who' | 'staff' } | { name: 'answer'; answer: KioskAnswer };

/** A patient checks in: touches, says who they are, and is told where to go. Shows nothing of the clinic but its name. */
export const Kiosk = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useLive('kioskState', {}, ['clinics', 'desk_settings']);
  const [step, setStep] = useState<Step>({ name: 'start' });
  const home = useHomeLanguage();
  const start = useCallback(() => {
    setStep({ name: 'start' });
    home();
  }, [home]);
  useIdle(step.name === 'start' ? null : IDLE_MS, start);

  if (error && !data) return <Closed />;
  if (!data) return null;
  return (
    <div className={classes['kiosk']}>
      <header>
        <span>{formats.name(data.clinicName)}</span>
        <LanguageSwitch label={t('kiosk.language')} size="md" />
      </header>
      <main>
        {step.name === 'start' && (
          <>
            <h1>{t('kiosk.welcome')}</h1>
            <Button
              className={classes['begin']}
              autoFocus
              onClick={() => setStep({ name: 'who' })}
              aria-describedby="kiosk-hint"
            >
              {t('kiosk.begin')}
            </Button>
            <p id="kiosk-hint">{t('kiosk.beginHint')}</p>
          </>
        )}
        {step.name === 'who' && (
          <WhoForm
            ofAnimals={data.clinicKind === 'veterinary'}
            onBack={start}
            onAnswer={(answer) => setStep({ name: 'answer', answer })}
          />
        )}
        {step.name === 'answer' && <Answer answer={step.answer} onDone={start} />}
        {step.name === 'staff' && <LeaveForm onBack={start} />}
      </main>
      <footer>
        {step.name === 'start' && (
          <Button variant="subtle" color="gray" onClick={() => setStep({ name: 'staff' })}>
            {t('kiosk.staff')}
          </Button>
        )}
      </footer>
    </div>
  );
};

/** The PIN was given, or the desk closed the kiosk. */
const Closed = () => {
  const { t } = useTranslation();
  return (
    <div className={classes['kiosk']}>
      <main>
        <h1>{t('kiosk.closed')}</h1>
        <p>{t('kiosk.closedHint')}</p>
      </main>
    </div>
  );
};

/** The language that the screen had before patients chose theirs; it comes back with each start and at the end. */
const useHomeLanguage = (): (() => void) => {
  const [language] = useState(() => usePreferences.getState().language);
  const home = useCallback((): void => {
    usePreferences.setState({ language });
  }, [language]);
  useEffect(() => home, [home]);
  return home;
};
