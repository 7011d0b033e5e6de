import { Alert, Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { OverbookForm } from './overbook-form.tsx';

interface ResizeRefusedProps {
  appointment: Appointment;
  minutes: number;
  error: CallError;
}

/** Why an appointment was not made longer, and an overbook for who may. Leaving it as it is comes first. */
export const ResizeRefusedDialog = ({ appointment, minutes, error }: ResizeRefusedProps) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { resize } = useAppointmentActions();
  const overbook = (reason: string): void => {
    closeDialog();
    void resize(appointment, minutes, { reason });
  };
  return (
    <DialogWindow title={t('board.refused.resizeTitle', { name: fullName(appointment.patient) })} size={520}>
      <Stack gap="lg">
        <Alert role="alert" color="red">
          {errorText(error, zone, { nextFree: false })}
        </Alert>
        <OverbookForm label={t('board.refused.overbookLonger')} onOverbook={overbook} />
        <Group justify="flex-end">
          <Button data-autofocus onClick={closeDialog}>
            {t('board.move.giveUp')}
            <KeyCaps combo="Escape" />
          </Button>
        </Group>
      </Stack>
    </DialogWindow>
  );
};
