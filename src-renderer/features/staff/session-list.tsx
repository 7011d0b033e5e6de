import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StaffSession } from '../../../src-main/contract/session.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './staff.module.css';
import { useAttempt } from './use-attempt.ts';

/** So many of those that ended are shown. */
const ENDED_SHOWN = 5;

/** Where somebody is signed in, each with its end, and where they lately were. */
export const SessionList = ({ userId }: { userId: string }) => {
  const { t } = useTranslation();
  const { data } = useLive('staffSessions', { userId }, ['user_sessions']);
  const { busy, problem, attempt } = useAttempt();
  if (!data) return null;
  const open = data.sessions.filter(({ endedAt }) => endedAt === null);
  const ended = data.sessions.filter(({ endedAt }) => endedAt !== null).slice(0, ENDED_SHOWN);
  const end = (sessionId: string) =>
    attempt(
      () => call('endStaffSession', { sessionId }),
      () => toast(t('staff.access.ended')),
    );
  return (
    <div>
      <h3 id="sessions-title">{t('staff.access.sessions')}</h3>
      {data.sessions.length === 0 && <Text c="dimmed">{t('staff.access.noSessions')}</Text>}
      <ul className={classes['sessions']} aria-labelledby="sessions-title">
        {[...open, ...ended].map((session) => (
          <li key={session.id}>
            <SessionText session={session} />
            {session.endedAt === null && !session.current && (
              <Button variant="subtle" size="compact-md" disabled={busy} onClick={() => void end(session.id)}>
                {t('staff.access.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
};

const SessionText = ({ session }: { session: StaffSession }) => {
  const { t } = useTranslation();
  const { momentWithYear } = useFormats();
  const { zone, clinic } = useClinic();
  const { deskName, startedAt, endedAt, current } = session;
  const where =
    deskName === null
      ? t('staff.access.elsewhere')
      : deskName === clinic.deskName
        ? t('staff.access.here')
        : deskName;
  const from = momentWithYear(startedAt, zone);
  const when =
    endedAt === null
      ? t('staff.access.since', { when: from })
      : t('staff.access.span', { from, until: momentWithYear(endedAt, zone) });
  return (
    <span className={endedAt === null ? '' : 'soft'}>
      {where} · <span className="tabular">{when}</span>
      {current && ` · ${t('staff.access.thisOne')}`}
    </span>
  );
};
