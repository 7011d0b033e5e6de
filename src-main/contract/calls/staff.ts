import { z } from 'zod';
import { call } from '../call.ts';
import { MailSettings } from '../mail.ts';
import { NewPassword, Pin, StaffSession } from '../session.ts';
import {
  CodePurpose,
  MailFault,
  SecurityPolicy,
  StaffCode,
  StaffInput,
  StaffMember,
  TypedCode,
} from '../staff.ts';
import { Id } from '../values.ts';

const Nothing = z.object({});
const userId = Id;
/** Whether to send the code by mail too, where mail is set up at this desk. */
const byMail = z.boolean().default(true);

/**
 * Accounts of the staff. Whatever gives or takes access is done by central, at once or not at all, so that a desk that
 * is offline cannot be told one thing and the clinic another; ending a session works offline.
 */
export const staffCalls = {
  firstAdministrator: call({
    summary:
      'Makes the first administrator of a clinic in which nobody can sign in yet. From then on everybody signs in.',
    input: StaffInput.pick({ name: true, email: true }).extend({ password: NewPassword }),
    output: z.object({ userId }),
    right: 'clinic.manage',
    errors: ['weak_password', 'account_in_use', 'needs_central', 'disk_full'],
  }),
  readCode: call({
    summary: 'Whom a code is for, before a password is chosen with it.',
    input: z.object({ code: TypedCode }),
    output: z.object({ name: z.string(), purpose: CodePurpose }),
    right: 'door',
    errors: ['code_not_valid', 'needs_central'],
  }),
  redeemCode: call({
    summary: 'Sets the password, and a PIN, of the account that a code was issued for. A code works once.',
    input: z.object({ code: TypedCode, password: NewPassword, pin: Pin.optional() }),
    output: z.object({ userId }),
    right: 'door',
    errors: ['code_not_valid', 'weak_password', 'weak_pin', 'needs_central'],
  }),
  staff: call({
    summary: 'The members of the staff, by name, and whether anybody can sign in yet.',
    input: Nothing,
    output: z.object({ open: z.boolean(), members: z.array(StaffMember) }),
    right: 'staff.manage',
    errors: [],
  }),
  inviteStaff: call({
    summary: 'Makes an account and a code, good for seven days, with which its person chooses a password.',
    input: StaffInput.extend({ byMail }),
    output: StaffCode,
    right: 'staff.manage',
    errors: ['account_in_use', 'doctor_linked', 'not_found', 'needs_central', 'not_signed_in'],
  }),
  reissueCode: call({
    summary:
      'A new code for an account: of an invitation while no password was chosen, and else for a new password, good for an hour. Earlier codes end.',
    input: z.object({ userId, byMail }),
    output: StaffCode,
    right: 'staff.manage',
    errors: ['not_found', 'needs_central', 'not_signed_in'],
  }),
  updateStaff: call({
    summary: 'Changes an account: name, addresses, role, and the doctor that it is of. Only what is given.',
    input: z.object({
      userId,
      set: z.object({
        name: StaffInput.shape.name.optional(),
        email: StaffInput.shape.email.optional(),
        username: StaffInput.shape.username.unwrap().optional(),
        role: StaffInput.shape.role.optional(),
        doctorId: Id.nullable().optional(),
      }),
    }),
    output: Nothing,
    right: 'staff.manage',
    errors: [
      'account_in_use',
      'doctor_linked',
      'last_administrator',
      'not_found',
      'needs_central',
      'not_signed_in',
    ],
  }),
  deactivateStaff: call({
    summary: 'Ends an account: its sessions, keys and codes. What its person did stays.',
    input: z.object({ userId }),
    output: Nothing,
    right: 'staff.manage',
    errors: ['last_administrator', 'not_found', 'needs_central', 'not_signed_in'],
  }),
  reactivateStaff: call({
    summary: 'Takes an account back in, with a code for a new password: the old one is not good any more.',
    input: z.object({ userId, byMail }),
    output: StaffCode,
    right: 'staff.manage',
    errors: ['not_found', 'needs_central', 'not_signed_in'],
  }),
  unlockStaff: call({
    summary: 'Lets an account that too many wrong passwords have locked sign in again.',
    input: z.object({ userId }),
    output: Nothing,
    right: 'staff.manage',
    errors: ['not_found', 'needs_central', 'not_signed_in'],
  }),
  staffSessions: call({
    summary: "An account's sessions of the last 30 days, and those that have not ended, newest first.",
    input: z.object({ userId }),
    output: z.object({ sessions: z.array(StaffSession) }),
    right: 'staff.manage',
    errors: ['not_found'],
  }),
  endStaffSession: call({
    summary: 'Signs somebody out: at once at desks that are online, and at the others when they are.',
    input: z.object({ sessionId: Id }),
    output: Nothing,
    right: 'staff.manage',
    errors: ['not_found', 'disk_full'],
  }),
  securityPolicy: call({
    summary: 'When screens lock by themselves, and who needs a second factor.',
    input: Nothing,
    output: SecurityPolicy,
    right: 'staff.manage',
    errors: [],
  }),
  setSecurityPolicy: call({
    summary: 'Sets when screens lock by themselves, and who needs a second factor. Only what is given.',
    input: z.object({ set: SecurityPolicy.partial() }),
    output: SecurityPolicy,
    right: 'staff.manage',
    errors: ['disk_full'],
  }),
  mailSettings: call({
    summary: 'The mail server that this desk sends by; null where none is set up.',
    input: Nothing,
    output: z.object({ settings: MailSettings.nullable(), passwordSet: z.boolean() }),
    right: 'credentials.manage',
    errors: [],
  }),
  setMailSettings: call({
    summary:
      'Sets the mail server of this desk, or takes it away. The password goes into the keychain; left out, the one that is there stays, but not for another server or user.',
    input: z.object({ settings: MailSettings.nullable(), password: z.string().min(1).max(500).optional() }),
    output: z.object({ settings: MailSettings.nullable(), passwordSet: z.boolean() }),
    right: 'credentials.manage',
    errors: ['tls_required', 'disk_full'],
  }),
  testMail: call({
    summary: 'Sends a mail to try the settings out, and says how that went.',
    input: z.object({ to: z.email().max(255) }),
    output: z.object({ fault: MailFault.nullable() }),
    right: 'credentials.manage',
    errors: ['mail_not_set'],
  }),
};
