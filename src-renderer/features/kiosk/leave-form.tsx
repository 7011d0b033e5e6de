import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import classes from './kiosk.module.css';

/** The way out for staff. Once the PIN is right this page is shown no more: the desk's is, or none. */
export const LeaveForm = ({ onBack }: { onBack: () => void }) => {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const result = await call('leaveKiosk', { pin });
    setSending(false);
    setPin('');
    if (result.ok) return window.location.pathname === '/kiosk' ? window.location.reload() : undefined;
    const wait = Number(result.error.details['waitSeconds'] ?? 0);
    setProblem(wait > 0 ? t('kiosk.wrongPinWait', { count: wait }) : t('kiosk.wrongPin'));
  };

  return (
    <form className={classes['form']} onSubmit={(event) => void send(event)} noValidate autoComplete="off">
      <h1>{t('kiosk.pinTitle')}</h1>
      <TextInput
        label={t('kiosk.pin')}
        classNames={{ label: classes['label'] ?? '', input: classes['input'] ?? '' }}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        maxLength={8}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
      />
      <p role="alert" className={classes['problem']}>
        {problem}
      </p>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onBack}>
          {t('kiosk.back')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('kiosk.leave')}
        </Button>
      </div>
    </form>
  );
};
