import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './messages.module.css';
import { TABLES } from './tables.ts';
import { openThread } from './thread-state.ts';

/** A patient's threads, newest first. */
export const PatientMessages = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const { data } = useLive('messageThreads', { patientId: patient.id, limit: 20 }, TABLES);
  return (
    <section className={classes['card']} aria-labelledby="patient-messages">
      <h2 id="patient-messages">{t('messages.title')}</h2>
      {data?.threads.length === 0 && <p className="soft">{t('messages.patientNone')}</p>}
      <ul>
        {data?.threads.map(({ threadId, appointment, last, unread, count }) => (
          <li key={threadId}>
            <time dateTime={last.at} className="soft">
              {formats.momentWithYear(last.at, zoneOf(appointment?.locationId ?? null))}
            </time>
            <span className={classes['lastLine']}>
              {last.text || t('messages.files', { count: last.files })}
            </span>
            <Button variant="subtle" size="compact-md" onClick={() => openThread({ threadId })}>
              {unread > 0 ? t('messages.unread', { count: unread }) : t('messages.openCount', { count })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};
