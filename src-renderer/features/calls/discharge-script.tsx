import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallEntry, Discharge } from '../../../src-main/contract/call-lists.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import classes from './calls.module.css';
import { type DialStep, nextStep } from './discharge-steps.ts';

const QUESTIONS = ['since', 'eating', 'medicines', 'worries', 'next'] as const;

/** What the visit was, what the owner took home, and what to ask: large enough to read while on the telephone. */
export const DischargeWords = ({ entry, discharge }: { entry: CallEntry; discharge: Discharge }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const { data } = useLive('dischargeCase', { callId: entry.id }, ['cases', 'appointments']);
  const { reason, consultedAt } = discharge;
  const doctor = data?.doctorName ?? entry.doctorName;
  const visit = [
    reason,
    consultedAt && formats.moment(consultedAt, zoneOf(null)),
    doctor && formats.name(doctor),
  ].filter(Boolean);
  return (
    <>
      <p className={classes['visit']}>{visit.join(' · ')}</p>
      <div>
        <h3>{t('calls.discharge.summary')}</h3>
        <p className={classes['summary']}>{data?.dischargeSummary ?? ''}</p>
      </div>
      {data?.clinicalNotes && (
        <details className={classes['notes']}>
          <summary>{t('calls.discharge.notes')}</summary>
          <p>{data.clinicalNotes}</p>
        </details>
      )}
      <div>
        <h3>{t('calls.discharge.ask')}</h3>
        <ul className={classes['questions']}>
          {QUESTIONS.map((question) => (
            <li key={question}>
              {t(`calls.discharge.questions.${question}`, { name: fullName(entry.patient) })}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
};

/** Who is making the call, and what can be done about it here. */
export const DischargeSteps = ({
  discharge,
  onDial,
}: {
  discharge: Discharge;
  onDial: (step: DialStep) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { status, takenUntil, mine } = discharge;
  if (status === 'completed') return null;
  if (takenUntil !== null && !mine)
    return (
      <p role="status" className={classes['taken']}>
        {t('calls.discharge.elsewhereUntil', { time: formats.time(takenUntil, zone) })}
      </p>
    );
  const next = nextStep(discharge);
  return (
    <div className={classes['steps']}>
      {next && (
        <Button variant="light" onClick={() => onDial(next)}>
          {t(next === 'ringing' ? 'calls.discharge.begin' : 'calls.discharge.answered')}
          <KeyHint keyName="callStart" />
        </Button>
      )}
      {mine && (
        <Button variant="default" onClick={() => onDial('put_down')}>
          {t('calls.discharge.putDown')}
        </Button>
      )}
    </div>
  );
};
