import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StaffSession } from '../../../src-main/contract/session.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './account.module.css';

/** Where one is signed in, and the way out from afar. */
export const SessionsCard = ({ sessions }: { sessions: readonly StaffSession[] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const end = async (sessionId: string): Promise<void> => {
    const answer = await call('endMySession', { sessionId });
    if (answer.ok) toast(t('account.sessions.ended'));
    else toastProblem(errorText(answer.error, zone));
  };
  return (
    <section className={classes['card']} aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t('account.sessions.title')}</h2>
      <ul className={classes['sessions']}>
        {sessions.map(({ id, deskName, startedAt, current }) => {
          const desk = deskName ?? t('account.sessions.otherDesk');
          const when = formats.moment(startedAt, zone);
          return (
            <li key={id}>
              <span>
                {desk}
                <span className="soft"> · {t('account.sessions.since', { when })}</span>
              </span>
              {current ? (
                <span className="soft">{t('account.sessions.here')}</span>
              ) : (
                <Button
                  variant="default"
                  size="compact-md"
                  aria-label={t('account.sessions.endAt', { desk, when })}
                  onClick={() => void end(id)}
                >
                  {t('account.sessions.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
