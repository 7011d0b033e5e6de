import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { MergeField, Patient, PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useKept } from '../../app/kept.ts';
import { closeDialog, openPatient } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './merge.module.css';
import {
  type Chosen,
  differing,
  fieldText,
  other,
  type Side,
  takenOver,
  usualChoice,
} from './merge-choice.ts';
import { useMergeText } from './merge-text.ts';

/** Merges two records of one person: both side by side, and for each difference whose value is kept. */
export const MergeDialog = ({ patient, with: given }: { patient: PatientBrief; with?: PatientBrief }) => {
  const { t } = useTranslation();
  const [second, setSecond] = useKept('second', given ?? null);
  const [typed, setTyped] = useKept('typed', '');
  return (
    <DialogWindow title={t('patients.merge.title')} size={second ? 880 : 560}>
      {second ? (
        <BothRecords ids={[patient.id, second.id]} />
      ) : (
        <PatientPicker
          inline
          first
          label={t('patients.merge.find', { name: fullName(patient) })}
          typed={typed}
          onType={setTyped}
          onPick={(found) => setSecond(found.id === patient.id ? null : found)}
        />
      )}
    </DialogWindow>
  );
};

type Page = CallOutput<'patient'>;

const BothRecords = ({ ids }: { ids: [string, string] }) => {
  const [first, second] = [
    useLive('patient', { patientId: ids[0] }, ['patients', 'appointments']).data,
    useLive('patient', { patientId: ids[1] }, ['patients', 'appointments']).data,
  ];
  if (!first || !second) return null;
  return <MergeForm pages={[first, second]} />;
};

const MergeForm = ({ pages }: { pages: [Page, Page] }) => {
  const { t } = useTranslation();
  const { problemText, undoMerge } = useMergeText();
  const both: [Patient, Patient] = [pages[0].patient, pages[1].patient];
  const [kept, setKept] = useKept<Side>(
    'kept',
    pages[1].appointments.length > pages[0].appointments.length ? 1 : 0,
  );
  const [chosen, setChosen] = useKept<Chosen>('chosen', () => usualChoice(both, kept));
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  const keep = (side: Side): void => {
    setKept(side);
    setChosen(usualChoice(both, side));
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    const mergedId = both[other(kept)].id;
    const take = takenOver(both, kept, chosen);
    const answer = await call('mergePatients', { keptId: both[kept].id, mergedId, take });
    setSaving(false);
    if (!answer.ok) return setProblem(problemText(answer.error));
    closeDialog();
    openPatient(answer.value.id);
    toast(t('patients.merge.done', { name: fullName(answer.value) }), () => undoMerge(mergedId));
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text c="dimmed">{t('patients.merge.how')}</Text>
        <div className={classes['records']}>
          <ChoiceRow
            label={t('patients.merge.keep')}
            texts={[<RecordName key={0} page={pages[0]} />, <RecordName key={1} page={pages[1]} />]}
            value={kept}
            onChange={keep}
            first
          />
          {differing(both).map((field) => (
            <FieldRow
              key={field}
              field={field}
              both={both}
              value={chosen[field] ?? kept}
              onChange={(side) => setChosen({ ...chosen, [field]: side })}
            />
          ))}
        </div>
        {problem && <Problem>{problem}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={closeDialog}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={saving}>
            {t('patients.merge.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const RecordName = ({ page: { patient, appointments } }: { page: Page }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <span>
      <strong>{fullName(patient)}</strong>
      <span className={classes['since']}>
        {t('patients.merge.since', { date: formats.date(patient.createdAt.slice(0, 10)) })} ·{' '}
        {t('patients.merge.visits', { count: appointments.length })}
      </span>
    </span>
  );
};

const FieldRow = ({
  field,
  both,
  value,
  onChange,
}: {
  field: MergeField;
  both: [Patient, Patient];
  value: Side;
  onChange: (side: Side) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const text = (patient: Patient): string => {
    const raw = fieldText(patient, field);
    if (raw === '') return t('patients.merge.nothing');
    if (field === 'dateOfBirth') return formats.date(raw);
    if (field === 'ownerId') return patient.owner?.name ?? raw;
    if (field === 'gender' && patient.gender) return t(`patients.gender.${patient.gender}`);
    if (field === 'contactPreference' && patient.contactPreference)
      return t(`patients.reach.${patient.contactPreference}`);
    if (field === 'preferredLanguage' && patient.preferredLanguage)
      return t(`patients.language.${patient.preferredLanguage}`);
    return raw;
  };
  return (
    <ChoiceRow
      label={t(`patients.field.${field === 'ownerId' ? 'owner' : field}`)}
      texts={[text(both[0]), text(both[1])]}
      soft={[fieldText(both[0], field) === '', fieldText(both[1], field) === '']}
      value={value}
      onChange={onChange}
    />
  );
};

/** One line: what it is about, and the two sides to choose from; the arrow keys choose. */
const ChoiceRow = ({
  label,
  texts,
  soft = [false, false],
  value,
  onChange,
  first = false,
}: {
  label: string;
  texts: [ReactNode, ReactNode];
  soft?: [boolean, boolean];
  value: Side;
  onChange: (side: Side) => void;
  first?: boolean;
}) => {
  const focused = useRef<HTMLInputElement>(null);
  // The records come after the window has opened.
  useEffect(() => focused.current?.focus(), []);
  return (
    <div role="radiogroup" aria-label={label} className={classes['row']} data-first={first || undefined}>
      <span className={classes['what']}>{label}</span>
      {([0, 1] as const).map((side) => (
        <label key={side} data-chosen={side === value} data-soft={soft[side] || undefined}>
          <input
            type="radio"
            name={label}
            checked={side === value}
            onChange={() => onChange(side)}
            ref={first && side === value ? focused : undefined}
          />
          <span>{texts[side]}</span>
        </label>
      ))}
    </div>
  );
};
