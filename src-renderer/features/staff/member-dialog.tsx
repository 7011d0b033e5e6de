import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StaffInput, type StaffMember } from '../../../src-main/contract/staff.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import { AccessPart } from './access-part.tsx';
import { type MemberDraft, MemberFields } from './member-fields.tsx';
import { showCode, useSendsMail } from './show-code.ts';
import { STAFF_TABLES } from './tables.ts';

const nobodyYet: MemberDraft = { name: '', email: '', username: '', role: 'receptionist', doctorId: null };

/** Invites somebody, or shows the account of one who was: what it is, and how it is signed in with. */
export const MemberDialog = ({ member }: { member?: StaffMember }) =>
  member ? <Account member={member} /> : <Invitation />;

const Invitation = () => {
  const { t } = useTranslation();
  const sendsMail = useSendsMail();
  const [byMail, setByMail] = useState(true);
  const form = useForm({
    name: 'staff',
    initial: nobodyYet,
    schema: StaffInput,
    save: async (input) => {
      const answer = await call('inviteStaff', { ...input, byMail: sendsMail && byMail });
      if (answer.ok) showCode(answer.value);
      return answer;
    },
    onSaved: () => undefined,
  });
  return (
    <DialogWindow title={t('staff.form.inviteTitle')} size={600}>
      <form ref={form.form} onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <MemberFields draft={form.draft} wrong={form.wrong} onChange={form.change} />
          {sendsMail && (
            <Checkbox
              label={t('staff.form.byMail')}
              checked={byMail}
              onChange={(event) => setByMail(event.currentTarget.checked)}
            />
          )}
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('staff.form.invite')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

/** As it is now; what others change meanwhile shows at once below the form. */
const Account = ({ member: opened }: { member: StaffMember }) => {
  const { t } = useTranslation();
  const members = useLive('staff', {}, STAFF_TABLES).data?.members;
  const member = members?.find(({ id }) => id === opened.id) ?? opened;
  return (
    <DialogWindow title={member.name} size={640}>
      {member.state !== 'deactivated' && <AccountForm member={opened} />}
      <AccessPart member={member} />
      {member.state === 'deactivated' && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={closeDialog}>
            {t('app.close')}
          </Button>
        </Group>
      )}
    </DialogWindow>
  );
};

const AccountForm = ({ member }: { member: StaffMember }) => {
  const { t } = useTranslation();
  const { id: userId, name, email, username, role, doctorId } = member;
  const form = useForm({
    name: 'staff',
    initial: { name, email, username: username ?? '', role, doctorId } as MemberDraft,
    schema: StaffInput,
    save: (set) => call('updateStaff', { userId, set }),
    onSaved: (draft) => {
      toast(t('staff.form.saved', { name: draft.name }));
      closeDialog();
    },
  });
  return (
    <form ref={form.form} onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <MemberFields draft={form.draft} wrong={form.wrong} onChange={form.change} />
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
  );
};
