import { Button, Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { closeDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';

const commonReasons = ['patient', 'doctor', 'ill'] as const;

/** Asks for the reason of a cancellation, which may be left out, and cancels; a request is declined so. */
export const CancelDialog = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { cancel } = useAppointmentActions();
  const declines = appointment.status === 'pending';
  const [reason, setReason] = useKept('reason', '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await cancel(appointment, reason)) closeDialog();
  };
  return (
    <DialogWindow
      title={t(declines ? 'board.cancel.declineTitle' : 'board.cancel.title', {
        name: fullName(appointment.patient),
      })}
    >
      <form onSubmit={submit}>
        <Stack gap="lg">
          <Text className="tabular">{formats.moment(appointment.start, zone)}</Text>
          <TextInput
            data-autofocus
            label={t('board.cancel.reason')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Chip.Group value={reason} onChange={(value) => setReason(String(value))}>
            <Group gap="sm">
              {(declines ? (['doctor'] as const) : commonReasons).map((name) => (
                <Chip key={name} value={t(`board.cancel.reasons.${name}`)}>
                  {t(`board.cancel.reasons.${name}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={closeDialog}>
              {t(declines ? 'board.cancel.declineKeep' : 'board.cancel.keep')}
              <KeyCaps combo="Escape" />
            </Button>
            <Button type="submit">
              {t(declines ? 'board.cancel.decline' : 'board.cancel.confirm')}
              <KeyCaps combo="Enter" />
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
