import { Button, Group, Stack } from '@mantine/core';
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import { dropEdit, keepEdit, useDrafts } from './drafts.ts';
import { changesOf, draftOf, type PatientDraft, readDraft, type Wrongs } from './patient-draft.ts';
import { focusFirstWrong, PatientFields } from './patient-fields.tsx';

/** Changes a record in place. Esc leaves and keeps what was typed; Cancel gives it up. */
export const EditPatient = ({ patient, onClose }: { patient: Patient; onClose: () => void }) => {
  const { t } = useTranslation();
  const { today, zone } = useClinic();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => useDrafts.getState().edits[patient.id] ?? draftOf(patient));
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  useEffect(() => {
    if (Object.keys(wrongs).length > 0) focusFirstWrong(form.current);
  }, [wrongs]);

  const change = (next: PatientDraft): void => {
    setDraft(next);
    keepEdit(patient.id, next);
  };
  const close = (): void => {
    dropEdit(patient.id);
    onClose();
  };
  const save = async (): Promise<void> => {
    const read = readDraft(draft, today);
    setWrongs(read.wrongs ?? {});
    setProblem(null);
    if (!read.input || saving) return;
    setSaving(true);
    const answer = await call('updatePatient', {
      patientId: patient.id,
      set: changesOf(patient, read.input),
    });
    setSaving(false);
    if (answer.ok) {
      toast(t('patients.page.edited', { name: fullName(answer.value) }));
      return close();
    }
    if (answer.error.code === 'email_in_use') return setWrongs({ email: 'emailInUse' });
    setProblem(errorText(answer.error, zone));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void save();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  };

  return (
    <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <Stack gap="md" mt="sm">
        <PatientFields draft={draft} wrongs={wrongs} onChange={change} />
        {problem && <Problem>{problem}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={saving}>
            {t('app.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
