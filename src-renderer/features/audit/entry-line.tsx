import { Anchor } from '@mantine/core';
import { IconChevronRight, IconShieldCheck } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../src-main/contract/audit.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openPatient } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import classes from './audit.module.css';
import { Changes } from './changes.tsx';
import { actionWords, cameLate, tableWords } from './words.ts';

/** One entry: when, what, whom it is about (but on that patient's own page), who and where; opened, what it changed. */
export const EntryLine = memo(({ entry, ofPatient }: { entry: AuditEntry; ofPatient: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  return (
    <li className={classes['entry']}>
      <details>
        <summary>
          <IconChevronRight size={16} className={classes['chevron']} aria-hidden="true" />
          <time dateTime={entry.at} className="tabular">
            {formats.moment(entry.at, zone)}
          </time>
          <span className={classes['what']}>
            <strong>{actionWords(t, entry)}</strong>
            {entry.patient && !ofPatient && <span>{entry.patient.name}</span>}
          </span>
          <span className={classes['who']}>
            <Who entry={entry} />
          </span>
        </summary>
        <div className={classes['more']}>
          <Facts entry={entry} ofPatient={ofPatient} />
          <Changes entry={entry} />
        </div>
      </details>
      {cameLate(entry) && (
        <p className={classes['note']}>{t('audit.late', { time: formats.moment(entry.arrivedAt, zone) })}</p>
      )}
    </li>
  );
});

/** Who did it and at which desk; a shield where the person signed it. */
const Who = ({ entry: { person, proven, desk } }: { entry: AuditEntry }) => {
  const { t } = useTranslation();
  return (
    <>
      {proven && <IconShieldCheck size={16} role="img" aria-label={t('audit.signed')} />}
      <span>{person?.name ?? t('audit.nobody')}</span>
      {desk && desk.name !== person?.name && <span className="soft">{desk.name}</span>}
    </>
  );
};

const Facts = ({ entry, ofPatient }: { entry: AuditEntry; ofPatient: boolean }) => {
  const { t } = useTranslation();
  const { table, patient, proven, seq, erased } = entry;
  return (
    <p className="soft">
      {[
        t('audit.number', { number: seq }),
        table && tableWords(t, table),
        proven ? t('audit.signed') : t('audit.notSigned'),
        erased && t('audit.erased'),
        entry.after?.['unproven'] !== undefined && t('audit.unproven'),
      ]
        .filter(Boolean)
        .join(' · ')}
      {patient && !ofPatient && (
        <>
          {' · '}
          <Anchor component="button" type="button" onClick={() => openPatient(patient.id)}>
            {t('audit.openPatient', { name: patient.name })}
          </Anchor>
        </>
      )}
    </p>
  );
};
