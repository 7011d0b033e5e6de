import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment, FreeTime } from '../../../src-main/contract/appointment.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { useLive } from '../../api/live.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { nextFreeOf, useErrorText } from '../../app/messages.ts';
import { closeDialog, type SlotChoice, startMoving } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { OverbookForm } from './overbook-form.tsx';

interface MoveRefusedProps {
  appointment: Appointment;
  slot: SlotChoice;
  error: CallError;
}

/** Why a move was refused, the next free times with the soonest first and focused, and an overbook for who may. */
export const MoveRefusedDialog = ({ appointment, slot, error }: MoveRefusedProps) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { reschedule } = useAppointmentActions();
  const times = useOtherTimes(appointment, slot, error);
  const take = (choice: SlotChoice, overbook?: { reason: string }) => {
    closeDialog();
    startMoving(null);
    void reschedule(appointment, choice, overbook);
  };
  return (
    <DialogWindow title={t('board.refused.title', { name: fullName(appointment.patient) })} size={520}>
      <Stack gap="lg">
        <Alert role="alert" color="red">
          {errorText(error, zone, { nextFree: false })}
        </Alert>
        {times.length > 0 && (
          <Stack gap="sm">
            <Text fw={600}>{t('board.refused.anotherTime')}</Text>
            {times.map((free, index) => (
              <FreeTimeButton key={free.slotId} free={free} first={index === 0} onTake={() => take(free)} />
            ))}
          </Stack>
        )}
        {error.code === 'slot_taken' && (
          <OverbookForm
            label={t('board.refused.overbookReason')}
            onOverbook={(reason) => take(slot, { reason })}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={closeDialog} data-autofocus={times.length === 0 || undefined}>
            {t('board.move.giveUp')}
            <KeyCaps combo="Escape" />
          </Button>
        </Group>
      </Stack>
    </DialogWindow>
  );
};

const FreeTimeButton = ({ free, first, onTake }: { free: FreeTime; first: boolean; onTake: () => void }) => {
  const formats = useFormats();
  const { zone } = useClinic();
  return (
    <Button
      variant={first ? 'filled' : 'default'}
      justify="space-between"
      data-autofocus={first || undefined}
      onClick={onTake}
      rightSection={formats.name(free.doctorName)}
    >
      <span className="tabular">{formats.moment(free.start, zone)}</span>
    </Button>
  );
};

/** What the refusal offers, or else what the core finds after the time that was wanted. */
const useOtherTimes = (appointment: Appointment, slot: SlotChoice, error: CallError): FreeTime[] => {
  const offered = nextFreeOf(error);
  const minutes = (Date.parse(appointment.end) - Date.parse(appointment.start)) / 60_000;
  const { data } = useLive(
    'nextFree',
    offered.length > 0
      ? null
      : { doctorId: slot.doctorId, durationMinutes: minutes, after: slot.start, movingId: appointment.id },
    [],
  );
  return offered.length > 0 ? offered : (data ?? []);
};
