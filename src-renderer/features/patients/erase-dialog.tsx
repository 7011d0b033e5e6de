import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallError } from '../../../src-main/contract/errors.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, useScreen } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import { dropEdit } from './drafts.ts';

const reasons = ['name', 'upcoming', 'money'] as const;

/** Erases a person for good, once the name was typed: says what goes and what stays. There is no undo. */
export const EraseDialog = ({ patient }: { patient: PatientBrief }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const formats = useFormats();
  const errorText = useErrorText();
  const name = fullName(patient);
  const page = useLive('patient', { patientId: patient.id }, ['patients']).data;
  const [typed, setTyped] = useKept('typed', '');
  const [problem, setProblem] = useState<string | null>(null);
  const [erasing, setErasing] = useState(false);
  const animals = page?.animals ?? [];

  const problemText = (error: CallError): string => {
    const reason = reasons.find((known) => known === error.details['reason']);
    return reason ? t(`patients.erase.why.${reason}`, { name }) : errorText(error, zone);
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (erasing) return;
    setErasing(true);
    const answer = await call('erasePatient', { patientId: patient.id, name: typed });
    setErasing(false);
    if (!answer.ok) return setProblem(problemText(answer.error));
    dropEdit(patient.id);
    closeDialog();
    useScreen.setState({ patientId: null });
    toast(t('patients.erase.done'));
  };

  return (
    <DialogWindow title={t('patients.erase.title', { name })} size={560}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <div>
            <Text fw={600}>{t('patients.erase.goes')}</Text>
            <List>
              <List.Item>{t('patients.erase.identity')}</List.Item>
              <List.Item>{t('patients.erase.words')}</List.Item>
              {animals.length > 0 && (
                <List.Item>
                  {t('patients.erase.animals', {
                    names: formats.list(animals.map(({ firstName }) => firstName)),
                  })}
                </List.Item>
              )}
            </List>
          </div>
          <div>
            <Text fw={600}>{t('patients.erase.stays')}</Text>
            <List>
              <List.Item>{t('patients.erase.numbers')}</List.Item>
              <List.Item>{t('patients.erase.medical')}</List.Item>
            </List>
          </div>
          <Text>{t('patients.erase.final')}</Text>
          <TextInput
            label={t('patients.erase.type', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" color="red" loading={erasing} disabled={typed.trim() === ''}>
              {t('patients.erase.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
