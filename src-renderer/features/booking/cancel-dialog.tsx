import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { fullName } from '../../ui/person-name.tsx';
import classes from './booking.module.css';

const usual = ['byPatient', 'ill', 'byClinic', 'moved', 'mistake'] as const;

/** Cancels an appointment, with a reason that is typed or chosen; the toast that follows can undo it. */
export const CancelDialog = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone, doctors } = useClinic();
  const actions = useAppointmentActions();
  const field = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState('');
  const [saving, setSaving] = useState(false);
  const doctor = doctors.find(({ id }) => id === appointment.doctorId);

  const cancel = async (why: string): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const done = await actions.cancel(appointment, why.trim());
    setSaving(false);
    if (done) closeDialog();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void cancel(reason);
  };

  return (
    <DialogWindow title={t('booking.cancel.title')} size={480}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>
            {t('booking.cancel.who', {
              name: fullName(appointment.patient),
              when: formats.moment(appointment.start, zone),
              doctor: doctor ? formats.name(doctor.name) : '',
            })}
          </Text>
          <TextInput
            ref={field}
            data-autofocus
            label={t('booking.cancel.reason')}
            maxLength={500}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <section className={classes['quick']} aria-label={t('booking.cancel.quick')}>
            {usual.map((key) => (
              <Button
                key={key}
                variant="default"
                size="compact-md"
                onClick={() => {
                  setReason(t(`booking.cancel.${key}`));
                  field.current?.focus();
                }}
              >
                {t(`booking.cancel.${key}`)}
              </Button>
            ))}
          </section>
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('booking.cancel.keep')}
            </Button>
            <Button type="submit" color="red" loading={saving}>
              {t('booking.cancel.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
