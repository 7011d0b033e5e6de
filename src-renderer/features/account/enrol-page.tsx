import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Door } from '../../../src-main/contract/session.ts';
import { signOut, useHeldDoor } from '../../app/door.ts';
import { DoorPage } from '../../ui/door-page.tsx';
import classes from './account.module.css';
import { SetUpFactor } from './set-up-factor.tsx';

/** What stands instead of the desk for somebody whose role needs a second factor, until they have one. */
export const EnrolPage = ({ door }: { door: Door }) => {
  const { t } = useTranslation();
  const goOn = useHeldDoor();
  const [isConfirmed, setConfirmed] = useState(false);
  const name = door.person?.name ?? '';
  return (
    <DoorPage clinic={door.clinicName}>
      <div className={classes['enrolTitle']}>
        <h1>{t('account.enrol.title', { name })}</h1>
        <p>{t('account.enrol.hint')}</p>
      </div>
      <div className={classes['enrol']}>
        <SetUpFactor name={name} onConfirmed={() => setConfirmed(true)} onDone={goOn} />
      </div>
      {!isConfirmed && (
        <Button variant="subtle" onClick={() => void signOut()}>
          {t('account.enrol.signOut')}
        </Button>
      )}
    </DoorPage>
  );
};
