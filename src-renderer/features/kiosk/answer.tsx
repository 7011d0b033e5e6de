import { Button } from '@mantine/core';
import { IconArmchair, IconMessageCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { KioskAnswer } from '../../../src-main/contract/kiosk.ts';
import classes from './kiosk.module.css';

/** Long enough to read it twice. */
const SHOWN_MS = 10_000;

/** Where to go, and then the start again for the next patient. */
export const Answer = ({ answer, onDone }: { answer: KioskAnswer; onDone: () => void }) => {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(onDone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [onDone]);
  const Icon = answer === 'seated' ? IconArmchair : IconMessageCircle;
  return (
    <div className={classes['answer']} role="status">
      <Icon size={96} stroke={1.5} aria-hidden="true" />
      <h1>{t(`kiosk.${answer}`)}</h1>
      <Button autoFocus onClick={onDone}>
        {t('kiosk.done')}
      </Button>
    </div>
  );
};
