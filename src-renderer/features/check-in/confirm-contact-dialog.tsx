import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { type Patient, PatientInput } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import { dropContact, keepContact, useKeptContact } from './contact-draft.ts';

/** Asks for phone and address (of an animal, its owner's) before a check-in: one Enter when they are still right. */
export const ConfirmContactDialog = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const { id, owner } = appointment.patient;
  const { data } = useLive('patient', { patientId: owner?.id ?? id }, ['patients']);
  return (
    <DialogWindow title={t('checkIn.title', { name: fullName(appointment.patient) })} size={480}>
      {data && <ContactForm appointment={appointment} patient={data.patient} />}
    </DialogWindow>
  );
};

const fields = ['phone', 'address', 'city'] as const;
type Contact = Record<(typeof fields)[number], string>;

const contactOf = ({ phone, address, city }: Patient): Contact => ({
  phone: phone ?? '',
  address: address ?? '',
  city: city ?? '',
});

/** `patient` is whoever is called: the owner of an animal. */
const ContactForm = ({ appointment, patient }: { appointment: Appointment; patient: Patient }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const actions = useAppointmentActions();
  const [contact, setContact] = useKept(
    'contact',
    () => useKeptContact.getState().kept[patient.id] ?? contactOf(patient),
  );
  const [wrongPhone, setWrongPhone] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  const confirm = async (): Promise<void> => {
    if (saving) return;
    const before = contactOf(patient);
    const set = Object.fromEntries(
      fields
        .filter((field) => contact[field].trim() !== before[field])
        .map((field) => [field, contact[field].trim() || null]),
    );
    const phoneFits = PatientInput.shape.phone.safeParse(contact.phone.trim() || null).success;
    setWrongPhone(!phoneFits);
    if (!phoneFits) return;
    setSaving(true);
    if (Object.keys(set).length > 0) {
      const answer = await call('updatePatient', { patientId: patient.id, set });
      if (!answer.ok) {
        setSaving(false);
        return setProblem(errorText(answer.error, zone));
      }
    }
    dropContact(patient.id);
    closeDialog();
    await actions.checkIn(appointment, true);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void confirm();
  };
  const field = (name: (typeof fields)[number]) => ({
    label: t(`patients.field.${name}`),
    value: contact[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => {
      const next = { ...contact, [name]: event.currentTarget.value };
      setContact(next);
      keepContact(patient.id, next);
    },
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <div>
          <Text fw={600}>{t('checkIn.ask')}</Text>
          <Text c="dimmed">{t('checkIn.why')}</Text>
        </div>
        <TextInput
          {...field('phone')}
          type="tel"
          autoFocus
          data-autofocus
          error={wrongPhone && t('patients.wrong.phone')}
        />
        <TextInput {...field('address')} maxLength={500} />
        <TextInput {...field('city')} maxLength={100} />
        {problem && <Problem>{problem}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={closeDialog}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={saving}>
            {t('checkIn.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
