import { Button, Group, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorProfile } from '../../../src-main/contract/clinic.ts';
import { DoctorInput } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, openDoctor } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { MoneyInput } from '../../ui/money-input.tsx';
import { Problem } from '../../ui/problem.tsx';

const texts = [
  'firstName',
  'lastName',
  'firstNameEl',
  'lastNameEl',
  'email',
  'phone',
  'specialization',
  'city',
] as const;

type Draft = Record<(typeof texts)[number] | 'bio' | 'bioEl', string> & {
  specialtyId: string | null;
  locationId: string | null;
  fee: number | null;
};

/** A new doctor, or the profile of one: names and text in both languages, specialty, home location, fee. */
export const EditDoctorDialog = ({ doctor }: { doctor?: DoctorProfile }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useDoctorForm(doctor);
  const { draft, change } = form;
  return (
    <DialogWindow
      title={
        doctor
          ? t('doctors.edit.editTitle', { doctor: formats.name(doctor.name) })
          : t('doctors.edit.addTitle')
      }
      size={760}
    >
      <form ref={form.form} onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
            {texts.map((name, place) => (
              <TextInput
                key={name}
                label={t(`doctors.edit.${name}`)}
                value={draft[name]}
                autoComplete="off"
                error={form.wrongs[name]}
                {...(place === 0 ? { 'data-autofocus': true } : {})}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
            <Choices draft={draft} onChange={change} />
            <Fee fee={draft.fee} onChange={change} />
            {(['bio', 'bioEl'] as const).map((name) => (
              <Textarea
                key={name}
                label={t(`doctors.edit.${name}`)}
                value={draft[name]}
                autosize
                minRows={2}
                maxRows={6}
                style={{ gridColumn: '1 / -1' }}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

interface Part {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

const Choices = ({ draft, onChange }: Part) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { specialties, locations } = useClinic();
  return (
    <>
      <Select
        label={t('doctors.edit.specialty')}
        placeholder={t('doctors.edit.noSpecialty')}
        data={specialties.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
        value={draft.specialtyId}
        clearable
        clearButtonProps={{ 'aria-label': t('doctors.edit.noSpecialty') }}
        onChange={(specialtyId) => onChange({ specialtyId })}
      />
      <Select
        label={t('doctors.edit.home')}
        data={locations.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
        value={draft.locationId}
        allowDeselect={false}
        onChange={(locationId) => onChange({ locationId })}
      />
    </>
  );
};

const Fee = ({ fee, onChange }: { fee: number | null } & Pick<Part, 'onChange'>) => {
  const { t } = useTranslation();
  const { clinic } = useClinic();
  return (
    <MoneyInput
      label={t('doctors.edit.fee')}
      currency={clinic.currency}
      initial={fee}
      optional
      onAmount={(typed) => onChange({ fee: typed })}
    />
  );
};

const useDoctorForm = (doctor: DoctorProfile | undefined) => {
  const { t } = useTranslation();
  const { clinic, zone, location } = useClinic();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useKept<Draft>('draft', () => draftOf(doctor, location.id));
  const [wrongs, setWrongs] = useState<Partial<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (Object.keys(wrongs).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrongs]);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const fee = draft.fee === null ? null : { minor: draft.fee, currency: clinic.currency };
    const read = DoctorInput.safeParse({ ...draft, fee, ...(doctor ? { id: doctor.id } : {}) });
    if (!read.success) {
      const said = (name: string) => t(name === 'email' ? 'doctors.edit.badEmail' : 'doctors.edit.missing');
      return setWrongs(
        Object.fromEntries(read.error.issues.map(({ path }) => [String(path[0]), said(String(path[0]))])),
      );
    }
    setWrongs({});
    if (saving) return;
    setSaving(true);
    const answer = await call('saveDoctor', read.data);
    setSaving(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    const name = `${draft.firstName} ${draft.lastName}`.trim();
    toast(doctor ? t('doctors.edit.saved', { doctor: name }) : t('doctors.edit.added', { doctor: name }));
    closeDialog();
    if (!doctor) openDoctor(answer.value.id);
  };
  return {
    form,
    draft,
    wrongs,
    saving,
    problem,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    submit: (event: SubmitEvent) => void submit(event),
  };
};

const draftOf = (doctor: DoctorProfile | undefined, locationId: string): Draft => ({
  firstName: doctor?.firstName ?? '',
  lastName: doctor?.lastName ?? '',
  firstNameEl: doctor?.firstNameEl ?? '',
  lastNameEl: doctor?.lastNameEl ?? '',
  email: doctor?.email ?? '',
  phone: doctor?.phone ?? '',
  specialization: doctor?.specialization ?? '',
  city: doctor?.city ?? '',
  bio: doctor?.bio.en ?? '',
  bioEl: doctor?.bio.el ?? '',
  specialtyId: doctor?.specialty?.id ?? null,
  locationId: doctor ? doctor.locationId : locationId,
  fee: doctor?.fee?.minor ?? null,
});
