import { Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './prescriptions.module.css';
import { type Theirs, useDraft } from './use-draft.ts';

/** Writes a prescription, a new one or a draft, and issues it with Ctrl+Enter. */
export const PrescriptionDialog = ({
  appointment,
  draft: from,
}: {
  appointment: Appointment;
  draft?: { id: string; text: string };
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, zone } = useClinic();
  const errorText = useErrorText();
  const draft = useDraft(appointment.id, from ?? null);
  const [print, setPrint] = useKept('print', true);
  const [problem, setProblem] = useState<CallError | null>(null);
  const name = fullName(appointment.patient);
  const doctor = doctors.find(({ id }) => id === appointment.doctorId);

  const issue = async (): Promise<void> => {
    setProblem(null);
    const saved = await draft.save();
    const prescriptionId = draft.id();
    if (!saved || prescriptionId === undefined) return;
    const answer = await call('issuePrescription', { prescriptionId });
    if (!answer.ok) return setProblem(answer.error);
    closeDialog();
    toast(t('prescriptions.dialog.issued', { name }));
    if (print) openDialog({ kind: 'print', job: { kind: 'prescription', prescriptionId } });
  };

  const error = problem ?? draft.error;
  return (
    <DialogWindow title={t('prescriptions.dialog.title', { name })} size={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void issue();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void issue();
          }
        }}
      >
        <Stack gap="md">
          {doctor && (
            <Text c="dimmed">{t('prescriptions.dialog.by', { doctor: formats.name(doctor.name) })}</Text>
          )}
          <Textarea
            data-autofocus
            autosize
            minRows={7}
            maxRows={16}
            maxLength={10_000}
            label={t('prescriptions.dialog.instructions')}
            placeholder={t('prescriptions.dialog.placeholder')}
            value={draft.text}
            onChange={(event) => draft.write(event.currentTarget.value)}
          />
          {draft.theirs && <Changed theirs={draft.theirs} decide={draft.decide} />}
          <Group justify="space-between">
            <Checkbox
              label={t('prescriptions.dialog.print')}
              checked={print}
              onChange={(event) => setPrint(event.currentTarget.checked)}
            />
            <span className="soft" role="status">
              {t(`prescriptions.dialog.${stateOf(draft)}`)}
            </span>
          </Group>
          {error && <Problem>{errorText(error, zone)}</Problem>}
          <Text c="dimmed">{t('prescriptions.dialog.finalHint')}</Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={closeDialog}>
              {t('prescriptions.dialog.later')}
              <KeyCaps combo="Escape" />
            </Button>
            <Button type="submit" disabled={draft.text.trim() === '' || draft.theirs !== null}>
              {t('prescriptions.dialog.issue')}
              <KeyCaps combo="Ctrl+Enter" />
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

type State = 'begin' | 'saved' | 'saving';

const stateOf = ({ text, isSaved }: { text: string; isSaved: boolean }): State =>
  text.trim() === '' ? 'begin' : isSaved ? 'saved' : 'saving';

/** Two people write one draft: both texts stay until one is chosen. */
const Changed = ({ theirs, decide }: { theirs: Theirs; decide: (which: 'theirs' | 'mine') => void }) => {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes['changed']}>
      <p>{t('prescriptions.dialog.changed')}</p>
      <blockquote>{theirs.text || t('prescriptions.dialog.changedEmpty')}</blockquote>
      <Group gap="sm">
        <Button variant="default" size="compact-md" onClick={() => decide('theirs')}>
          {t('prescriptions.dialog.takeTheirs')}
        </Button>
        <Button variant="default" size="compact-md" onClick={() => decide('mine')}>
          {t('prescriptions.dialog.keepMine')}
        </Button>
      </Group>
    </div>
  );
};
