import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../../src-main/contract/case.ts';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './cases.module.css';

const TABLES = ['cases', 'scheduled_discharge_calls', 'appointments', 'patient_merges'];

/** On a patient's page: what became of their consultations, as the practice software has them, and the calls that followed. */
export const PatientCases = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const { data } = useLive('patientCases', { patientId: patient.id }, TABLES);
  if (!data || (data.length === 0 && patient.species === null)) return null;
  return (
    <section className={classes['cases']} aria-labelledby="patient-cases">
      <h2 id="patient-cases">{t('cases.title')}</h2>
      {data.length === 0 && <p className="soft">{t('cases.none')}</p>}
      {data.length > 0 && (
        <ul>
          {data.map((one) => (
            <li key={one.id}>
              <CaseLine one={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** One consultation: its line, and below it what was written once somebody opens it. */
const CaseLine = ({ one }: { one: Case }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { consultedAt, reason, doctorName, status, goneAt, clinicalNotes, dischargeSummary } = one;
  return (
    <details>
      <summary>
        <IconChevronRight size={14} aria-hidden="true" />
        <span className={classes['when']}>{consultedAt && formats.moment(consultedAt, zone)}</span>
        <span className={classes['what']}>
          {reason ?? t('cases.noReason')}
          {doctorName && <span className="soft"> · {formats.name(doctorName)}</span>}
        </span>
        <span className="soft">{t(goneAt === null ? `cases.status.${status}` : 'cases.gone')}</span>
      </summary>
      <div className={classes['written']}>
        <Written title={t('cases.notes')} text={clinicalNotes} />
        <Written title={t('cases.summary')} text={dischargeSummary} />
        <CallStand one={one} />
      </div>
    </details>
  );
};

const Written = ({ title, text }: { title: string; text: string | null }) => {
  const { t } = useTranslation();
  return (
    <>
      <h3>{title}</h3>
      <p className={text ? '' : 'soft'}>{text ?? t('cases.notWritten')}</p>
    </>
  );
};

const CallStand = ({ one: { call } }: { one: Case }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  return (
    <>
      <h3>{t('cases.call')}</h3>
      {call === null ? (
        <p className="soft">{t('cases.noCall')}</p>
      ) : (
        <p>
          {t(`cases.callStatus.${call.status}`, { when: formats.moment(call.dueAt, zone) })}
          {call.notes && <span className={classes['said']}>{call.notes}</span>}
        </p>
      )}
    </>
  );
};
