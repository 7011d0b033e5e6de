import { Button, Group } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeTime } from '../../../src-main/contract/appointment.ts';
import type { Conflict } from '../../../src-main/contract/sync.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openPatient } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { FreeTimes } from '../../ui/free-times.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './conflicts.module.css';
import { useResolve } from './use-resolve.ts';
import { isAboutWho, kindOf } from './words.ts';

const TIMES_OFFERED = 4;
const MINUTE_MS = 60_000;

/** What can be done about a conflict; the time that the next free one would take stands on its button. */
export const Choices = ({ conflict }: { conflict: Conflict }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf, rights } = useClinic();
  const { resolve, busy, problem } = useResolve(conflict);
  const { choices, subject, needs } = conflict;
  const times = useTimes(conflict);
  const [soonest, ...others] = times ?? [];
  const [showOthers, setShowOthers] = useState(false);

  return (
    <div className={classes['choices']}>
      {problem && <Problem>{problem}</Problem>}
      <Group gap="sm">
        {soonest && (
          <Button loading={busy} onClick={() => void resolve('next_free', soonest)}>
            {t('conflicts.nextFree', {
              when: formats.moment(soonest.start, zoneOf(soonest.locationId)),
              doctor: formats.name(soonest.doctorName),
            })}
          </Button>
        )}
        {choices.includes('keep_mine') && (
          <Button variant="default" disabled={busy} onClick={() => void resolve('keep_mine')}>
            {t(againWord(conflict))}
          </Button>
        )}
        {choices.includes('keep_theirs') && (
          <Button variant="default" disabled={busy} onClick={() => void resolve('keep_theirs')}>
            {t(hasNoOther(conflict) ? 'conflicts.putAside' : 'conflicts.keepTheirs')}
          </Button>
        )}
        {others.length > 0 && (
          <Button variant="subtle" aria-expanded={showOthers} onClick={() => setShowOthers(!showOthers)}>
            {t('conflicts.otherTimes')}
          </Button>
        )}
      </Group>
      {needs && !rights.has(needs) && <p className="soft">{t('conflicts.notByYou')}</p>}
      {times?.length === 0 && <p className="soft">{t('conflicts.nextFreeNone')}</p>}
      {showOthers && <FreeTimes times={others} none="" onTake={(time) => void resolve('next_free', time)} />}
      {(subject.patientId || subject.phone) && !conflict.mine.cashUp && <Call subject={subject} />}
    </div>
  );
};

const againWord = (conflict: Conflict) => {
  if (isAboutWho(conflict)) return 'conflicts.doAgain';
  return conflict.code === 'day_closed' ? 'conflicts.openDay' : 'conflicts.keepMine';
};

/** What has no other side to keep is done after all, or not: money, what was not allowed, what is one's own. */
const hasNoOther = (conflict: Conflict): boolean =>
  conflict.mine.money !== null ||
  conflict.mine.cashUp !== null ||
  conflict.code === 'prescription_final' ||
  isAboutWho(conflict) ||
  kindOf(conflict.kind) === 'ownAccount';

/** Whom it is about: their phone, and their page. */
const Call = ({ subject }: Pick<Conflict, 'subject'>) => {
  const { t } = useTranslation();
  return (
    <div className={classes['call']}>
      {subject.phone ? (
        <a href={`tel:${subject.phone.replace(/[^+\d]/g, '')}`}>
          <IconPhone size={20} aria-hidden="true" />
          <span className="sr-only">{t('conflicts.call', { name: subject.name })} </span>
          {subject.phone}
        </a>
      ) : (
        <span className="soft">{t('conflicts.noPhone')}</span>
      )}
      <OpenPatient patientId={subject.patientId} />
    </div>
  );
};

const OpenPatient = ({ patientId }: { patientId: string | null }) => {
  const { t } = useTranslation();
  if (!patientId) return null;
  return (
    <Button variant="subtle" size="compact-md" onClick={() => openPatient(patientId)}>
      {t('conflicts.openPatient')}
    </Button>
  );
};

/** The same doctor's next free times from the one that was refused, of the same length; null where they are no choice. */
const useTimes = ({ choices, mine }: Conflict): FreeTime[] | null => {
  const wanted = choices.includes('next_free') ? mine.appointment : null;
  const input = wanted && {
    after: wanted.start,
    durationMinutes: Math.max(5, (Date.parse(wanted.end) - Date.parse(wanted.start)) / MINUTE_MS),
    count: TIMES_OFFERED,
    doctorId: wanted.doctorId,
  };
  const { data } = useLive('nextFree', input, ['appointments', 'doctor_time_slots']);
  return wanted ? (data ?? null) : null;
};
