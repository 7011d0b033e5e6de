import { Modal } from '@mantine/core';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { closeDialog } from '../../app/screen.ts';
import { fullName } from '../../ui/person-name.tsx';

export const CancelDialog = ({ appointment }: { appointment: Appointment }) => (
  <Modal opened onClose={closeDialog} title={fullName(appointment.patient)} />
);
