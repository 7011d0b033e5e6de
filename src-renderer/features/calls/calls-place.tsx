import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CallEntry, CallListName, type CallOutcome } from '../../../src-main/contract/call-lists.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { openDialog, openPatient } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CallLine } from './call-line.tsx';
import { CallScript } from './call-script.tsx';
import classes from './calls.module.css';
import { type DialStep, mayBeMade, nextStep } from './discharge-steps.ts';
import { useNotes } from './notes.ts';
import { useCallActions } from './use-call-actions.ts';
import { useRoving } from './use-roving.ts';

const TABLES = [
  'appointments',
  'call_attempts',
  'recalls',
  'scheduled_discharge_calls',
  'cases',
  'patients',
  'doctor_time_slots',
];
const DAYS = [1, 2, 3, 5];

/** Whom to call next, with what to say beside it: one key logs what came of it, and the next one is chosen. */
export const CallsPlace = () => {
  const { t } = useTranslation();
  const { location, zone } = useClinic();
  const errorText = useErrorText();
  const [list, setList] = useKept<CallListName>('list', 'confirmation');
  const [days, setDays] = useKept('days', 1);
  const { data, error } = useLive('callList', { list, locationId: location.id, days }, TABLES);
  const entries = data?.every((entry) => entry.list === list) ? data : undefined;
  return (
    <section className={classes['place']} aria-labelledby="calls-title">
      <header className={classes['head']}>
        <h1 id="calls-title">{t('calls.title')}</h1>
        <SegmentedControl
          aria-label={t('calls.list')}
          value={list}
          onChange={(value) => setList(CallListName.parse(value))}
          data={CallListName.options.map((value) => ({ value, label: t(`calls.lists.${value}`) }))}
        />
        {list === 'confirmation' && (
          <Select
            aria-label={t('calls.days')}
            w={220}
            allowDeselect={false}
            value={String(days)}
            onChange={(value) => setDays(Number(value ?? 1))}
            data={DAYS.map((count) => ({ value: String(count), label: t('calls.workingDays', { count }) }))}
          />
        )}
        <p className="soft">{t(list === 'discharge' ? 'calls.dischargeKeys' : 'calls.keys')}</p>
      </header>
      {error && !entries && <EmptyState title={t('calls.title')} text={errorText(error, zone)} />}
      {entries?.length === 0 && (
        <EmptyState title={t(`calls.empty.${list}`)} text={t(`calls.emptyHint.${list}`)} />
      )}
      {entries && entries.length > 0 && <Entries key={list} entries={entries} />}
    </section>
  );
};

const Entries = ({ entries }: { entries: readonly CallEntry[] }) => {
  const { t } = useTranslation();
  const { box, active, choose, advance, onKeyDown } = useRoving(entries);
  const actions = useCallActions();
  const { note, forget } = useNotes(active?.id);

  const log = async (outcome: CallOutcome): Promise<void> => {
    if (!active || (active.discharge && !mayBeMade(active.discharge))) return;
    const after = advance();
    if (!(await actions.log(active, outcome, note.trim()))) return;
    forget();
    after();
    if (outcome === 'reached' && active.list === 'recall' && !active.comesNext) book();
  };
  const book = (): void => {
    if (!active) return;
    const { patient, doctorId, visitTypeId } = active;
    openDialog({
      kind: 'nextFree',
      patient,
      ...(doctorId ? { doctorId } : {}),
      ...(visitTypeId ? { visitTypeId } : {}),
    });
  };
  const dial = async (step: DialStep | null): Promise<void> => {
    if (active && step) await actions.dial(active, step);
  };
  const drop = async (): Promise<void> => {
    if (!active?.discharge) return;
    const after = advance();
    if (await actions.drop(active)) after();
  };
  useKeys({
    callStart: () => active?.discharge && void dial(nextStep(active.discharge)),
    callDrop: () => void drop(),
    callReached: () => void log('reached'),
    callMessage: () => void log('left_message'),
    callNoAnswer: () => void log('no_answer'),
    openPatient: () => active && openPatient(active.patient.id),
    nextFree: book,
  });

  return (
    <div className={classes['columns']} data-list={active?.list}>
      <ul ref={box} className={classes['list']} aria-label={t('calls.list')} onKeyDown={onKeyDown}>
        {entries.map((entry) => (
          <CallLine
            key={entry.id}
            entry={entry}
            active={entry.id === active?.id}
            onChoose={() => choose(entry.id)}
          />
        ))}
      </ul>
      {active && (
        <CallScript
          key={active.id}
          entry={active}
          onLog={(outcome) => void log(outcome)}
          onBook={book}
          onDial={(step) => void dial(step)}
          onDrop={() => void drop()}
        />
      )}
    </div>
  );
};
