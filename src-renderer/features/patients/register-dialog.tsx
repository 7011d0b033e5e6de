import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeAllDialogs, closeDialog, openPatient } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { readTyped } from '../../ui/patient/typed.ts';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import { dropRegistration, keepRegistration, useDrafts } from './drafts.ts';
import { Duplicates } from './duplicates.tsx';
import { draftOfTyped, emptyDraft, ownerOf, readableParts, readDraft, type Wrongs } from './patient-draft.ts';
import { focusFirstWrong, PatientFields } from './patient-fields.tsx';
import classes from './patients.module.css';

interface RegisterProps {
  typed?: string;
  owner?: PatientBrief;
  onDone?: (patient: PatientBrief) => void;
}

/** Registers a patient, an animal with its owner in one go. People much like the one being typed are shown all the time, and asked about before saving. */
export const RegisterDialog = (props: RegisterProps) => {
  const { t } = useTranslation();
  const veterinary = useClinic().clinic.kind === 'veterinary';
  const form = useRegistration(props, veterinary);
  return (
    <DialogWindow title={t('patients.register.title')} size={920}>
      <form ref={form.form} onSubmit={form.submit} noValidate>
        <Stack gap="md">
          {form.kept && <KeptDraft onAfresh={form.startAfresh} onTakeUp={form.takeUp} />}
          {veterinary && (
            <SegmentedControl
              aria-label={t('patients.register.kind')}
              value={form.draft.kind}
              data={(['animal', 'person'] as const).map((value) => ({
                value,
                label: t(`patients.register.kinds.${value}`),
              }))}
              onChange={(kind) =>
                form.change({ ...form.draft, kind: kind === 'person' ? 'person' : 'animal' })
              }
              style={{ alignSelf: 'start' }}
            />
          )}
          <div className={classes['registration']}>
            <PatientFields draft={form.draft} wrongs={form.wrongs} onChange={form.change} />
            <Duplicates
              candidates={form.duplicates}
              asked={form.asked}
              take={form.take}
              onOpen={form.onCandidate}
            />
          </div>
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {form.asked ? t('patients.register.saveAnyway') : t('patients.register.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

/** What is left of an earlier try: it is in the fields already, or one press away when a search began this one. */
const KeptDraft = ({ onAfresh, onTakeUp }: { onAfresh: () => void; onTakeUp: (() => void) | null }) => {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="sm">
      <Text c="dimmed">{t('patients.register.draftKept')}</Text>
      {onTakeUp ? (
        <Button variant="subtle" size="compact-sm" onClick={onTakeUp}>
          {t('patients.register.takeUp')}
        </Button>
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={onAfresh}>
          {t('patients.register.startAfresh')}
        </Button>
      )}
    </Group>
  );
};

const useRegistration = ({ typed = '', owner, onDone }: RegisterProps, veterinary: boolean) => {
  const { t } = useTranslation();
  const { today, zone } = useClinic();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const empty = emptyDraft(veterinary ? 'animal' : 'person');
  const begun = owner ? { ...empty, owner: ownerOf(owner) } : empty;
  const fromTyped = typed ? draftOfTyped(readTyped(typed, today), empty.kind) : null;
  const [earlier] = useState(() => useDrafts.getState().registration);
  const [offered, setOffered] = useKept('offered', earlier !== null);
  const [draft, setDraft] = useKept('draft', () => fromTyped ?? (owner ? begun : (earlier ?? begun)));
  const [wrongs, setWrongs] = useState<Wrongs>({});
  /** Told that somebody much like this one exists: saving again saves anyway. */
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const parts = readableParts(draft, today);
  const like = useLive('likelyDuplicates', parts, ['patients']);

  const change = (next: typeof draft): void => {
    setDraft(next);
    setAsked(false);
    keepRegistration(next);
  };
  useEffect(() => {
    if (Object.keys(wrongs).length > 0) focusFirstWrong(form.current);
  }, [wrongs]);

  const settle = (patient: PatientBrief): void => {
    dropRegistration();
    if (onDone) {
      closeDialog();
      onDone(patient);
    } else {
      closeAllDialogs();
      openPatient(patient.id);
    }
  };

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (saving) return;
    const read = readDraft(draft, today);
    setWrongs(read.wrongs ?? {});
    setProblem(null);
    if (!read.input) return;
    setSaving(true);
    const answer = await call('registerPatient', { ...read.input, saveAnyway: asked });
    setSaving(false);
    if (answer.ok) {
      toast(t('patients.register.done', { name: fullName(answer.value) }));
      return settle(answer.value);
    }
    const { code, details } = answer.error;
    if (code === 'email_in_use')
      return setWrongs({ [details['of'] === 'owner' ? 'owner.email' : 'email']: 'emailInUse' });
    if (code === 'likely_duplicate') setAsked(true);
    setProblem(errorText(answer.error, zone));
  };

  const fresh = (next: typeof draft): void => {
    setOffered(false);
    setWrongs({});
    change(next);
  };
  return {
    form,
    draft,
    wrongs,
    change,
    submit: (event: SubmitEvent) => void submit(event),
    saving,
    asked,
    problem,
    duplicates: (parts && like.data) ?? [],
    take: draft.newOwner ? ('takeOwner' as const) : onDone ? ('take' as const) : ('open' as const),
    onCandidate: (patient: PatientBrief) =>
      draft.newOwner ? change({ ...draft, owner: ownerOf(patient), newOwner: null }) : settle(patient),
    kept: offered,
    startAfresh: () => fresh(begun),
    takeUp: (typed || owner) && earlier ? () => fresh(earlier) : null,
  };
};
