import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StaffRole } from '../../../src-main/contract/session.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';

/** An account while it is typed. */
export interface MemberDraft {
  name: string;
  email: string;
  username: string;
  role: StaffRole;
  doctorId: string | null;
}

/** Name, addresses, role, and the doctor that somebody is. */
export const MemberFields = ({
  draft,
  wrong,
  onChange,
}: {
  draft: MemberDraft;
  wrong: (path: string) => boolean;
  onChange: (part: Partial<MemberDraft>) => void;
}) => {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
        <TextInput
          label={t('staff.form.name')}
          value={draft.name}
          autoComplete="off"
          data-autofocus
          error={wrong('name') && t('staff.form.missing')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('staff.form.email')}
          type="email"
          value={draft.email}
          autoComplete="off"
          error={wrong('email') && t('staff.form.wrongEmail')}
          onChange={(event) => onChange({ email: event.currentTarget.value.trim() })}
        />
        <Role value={draft.role} onChange={(role) => onChange({ role })} />
        <TextInput
          label={t('staff.form.username')}
          value={draft.username}
          autoComplete="off"
          error={wrong('username') && t('staff.form.wrongUsername')}
          onChange={(event) => onChange({ username: event.currentTarget.value.trim() })}
        />
      </SimpleGrid>
      {(draft.role === 'doctor' || draft.doctorId !== null) && (
        <DoctorChoice value={draft.doctorId} onChange={(doctorId) => onChange({ doctorId })} />
      )}
    </Stack>
  );
};

const Role = ({ value, onChange }: { value: StaffRole; onChange: (role: StaffRole) => void }) => {
  const { t } = useTranslation();
  return (
    <Select
      label={t('staff.form.role')}
      description={t(`staff.roleHint.${value}`)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={StaffRole.options.map((role) => ({ value: role, label: t(`signIn.roles.${role}`) }))}
      value={value}
      allowDeselect={false}
      onChange={(role) => onChange(StaffRole.catch('receptionist').parse(role))}
    />
  );
};

const DoctorChoice = ({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (doctorId: string | null) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors } = useClinic();
  return (
    <Select
      label={t('staff.form.doctor')}
      placeholder={t('staff.form.noDoctor')}
      data={doctors.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
      value={value}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': t('staff.form.noDoctor') }}
      onChange={onChange}
    />
  );
};
