import { Button, Group, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CallEntry, CallOutcome } from '../../../src-main/contract/call-lists.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import type { KeyName } from '../../app/keys.ts';
import { openPatient } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { MomentText } from '../../ui/time-text.tsx';
import classes from './calls.module.css';
import { DischargeSteps, DischargeWords } from './discharge-script.tsx';
import { type DialStep, mayBeMade } from './discharge-steps.ts';
import { useNotes } from './notes.ts';

const keyOf: Record<CallOutcome, KeyName> = {
  reached: 'callReached',
  left_message: 'callMessage',
  no_answer: 'callNoAnswer',
};

/** What is needed while speaking: the number, large, what to say and in which language, the tries so far. */
export const CallScript = ({
  entry,
  onLog,
  onBook,
  onDial,
  onDrop,
}: {
  entry: CallEntry;
  onLog: (outcome: CallOutcome) => void;
  onBook: () => void;
  onDial: (step: DialStep) => void;
  onDrop: () => void;
}) => {
  const { t } = useTranslation();
  const { note, type } = useNotes(entry.id);
  const { patient, phone, language, contactPreference, discharge } = entry;
  const isOpen = !discharge || mayBeMade(discharge);
  return (
    <section className={classes['script']} aria-label={t('calls.script.label')}>
      <h2>{fullName(patient)}</h2>
      {patient.owner && <p>{t('calls.owner', { name: patient.owner.name })}</p>}
      {phone ? (
        <a className={classes['number']} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
          <span className="sr-only">{t('calls.call', { phone })}</span>
          <span aria-hidden="true">{phone}</span>
        </a>
      ) : (
        <p className={classes['number']}>{t('calls.noPhone')}</p>
      )}
      {(language || contactPreference) && (
        <p className={classes['wishes']}>
          {[
            language && t('calls.speaks', { language: t(`calls.languages.${language}`) }),
            contactPreference && t(`calls.prefers.${contactPreference}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {discharge ? <DischargeWords entry={entry} discharge={discharge} /> : <Words entry={entry} />}
      <div className={classes['doing']}>
        {discharge && <DischargeSteps discharge={discharge} onDial={onDial} />}
        {isOpen && (
          <Textarea
            label={t('calls.script.note')}
            placeholder={t('calls.script.noteHint')}
            value={note}
            maxLength={500}
            autosize
            minRows={discharge ? 1 : 2}
            onChange={(event) => type(event.currentTarget.value)}
          />
        )}
        {isOpen && (
          <div className={classes['outcomes']}>
            {CallOutcome.options.map((outcome) => (
              <Button
                key={outcome}
                variant={outcome === 'reached' ? 'filled' : 'default'}
                data-primary={outcome === 'reached' || undefined}
                onClick={() => onLog(outcome)}
              >
                {t(`calls.action.${outcome}`)}
                <KeyHint keyName={keyOf[outcome]} />
              </Button>
            ))}
          </div>
        )}
      </div>
      <Group gap="sm">
        {entry.list === 'recall' && (
          <Button variant="default" size="compact-md" onClick={onBook}>
            {t('calls.script.book')}
            <KeyHint keyName="nextFree" />
          </Button>
        )}
        <Button variant="subtle" size="compact-md" onClick={() => openPatient(patient.id)}>
          {t('calls.script.openPatient')}
          <KeyHint keyName="openPatient" />
        </Button>
        {discharge && isOpen && (
          <Button variant="subtle" size="compact-md" onClick={onDrop}>
            {t('calls.discharge.drop')}
          </Button>
        )}
      </Group>
      <Tries entry={entry} />
    </section>
  );
};

/** What to say. */
const Words = ({ entry }: { entry: CallEntry }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const { list, start, doctorName, reason, comesNext, patient, locationId } = entry;
  const values = {
    name: fullName(patient),
    when: start ? formats.moment(start, zoneOf(locationId)) : '',
    doctor: doctorName ? formats.name(doctorName) : '',
    reason: reason ?? '',
  };
  return (
    <div className={classes['words']}>
      {list !== 'discharge' && <p>{t(`calls.script.${list}`, values)}</p>}
      {comesNext && (
        <p className="soft">
          {t('calls.script.comesNext', { when: formats.moment(comesNext, zoneOf(null)) })}
        </p>
      )}
    </div>
  );
};

const Tries = ({ entry: { tries } }: { entry: CallEntry }) => {
  const { t } = useTranslation();
  return (
    <div className={classes['tries']}>
      <h3>{t('calls.script.history')}</h3>
      {tries.length === 0 ? (
        <p className="soft">{t('calls.script.noHistory')}</p>
      ) : (
        <ol>
          {tries.map((one) => (
            <li key={one.id}>
              <MomentText at={one.calledAt} />
              <span>
                {t(`calls.outcome.${one.outcome}`)}
                {one.calledBy && (
                  <span className="soft"> {t('calls.script.by', { name: one.calledBy })}</span>
                )}
                {one.note && <span className={classes['said']}>{one.note}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
};
