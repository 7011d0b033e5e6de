import { z } from 'zod';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { CentralFunction } from '../../contract/central.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { Role } from '../../contract/session.ts';
import { CodePurpose, type MailOutcome, type StaffCode } from '../../contract/staff.ts';
import { Id, Instant } from '../../contract/values.ts';
import type { Desk, Session } from '../desk.ts';
import { codeHash, newCode, shownCode } from '../staff-code.ts';
import { askCentral } from './ask.ts';

/** A code that is to be sent to somebody. */
export interface CodeToSend {
  to: string;
  name: string;
  purpose: CodePurpose;
  code: string;
  expiresAt: string;
}

/** Sends a code where mail is set up at this desk. */
export type SendCode = (code: CodeToSend) => Promise<MailOutcome>;

const Issued = z.object({
  user_id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  purpose: CodePurpose,
  expires_at: Instant,
});

const Done = z.object({});

/** The calls that give and take access. `sendCode` is how codes are mailed. */
export const accountHandlers = (desk: Desk, sendCode: SendCode) => {
  /** Makes a code, of which central is told the hash; shows it, and mails it where that was asked for. */
  const issue = async (
    session: Session,
    question: { name: CentralFunction; args: object; byMail: boolean },
  ): Promise<Result<StaffCode>> => {
    const letters = newCode();
    const args = { ...question.args, token: codeHash(letters) };
    const issued = await askCentral(desk, session, { name: question.name, args, shape: Issued });
    if (!issued.ok) return issued;
    const { user_id: userId, name, email: to, role, purpose, expires_at: expiresAt } = issued.value;
    const code = shownCode(letters);
    const mailed: MailOutcome = question.byMail
      ? await sendCode({ to, name, purpose, code, expiresAt })
      : { mail: 'off' };
    return ok({ userId, name, role, purpose, code, expiresAt, mailed });
  };

  const change = async (session: Session, name: CentralFunction, args: object) => {
    const done = await askCentral(desk, session, { name, args, shape: Done });
    return done.ok ? ok({}) : done;
  };

  return {
    inviteStaff: async (
      session: Session,
      { byMail, doctorId, ...user }: ParsedInput<'inviteStaff'>,
    ): Promise<CallResult<'inviteStaff'>> => {
      const refused = noDoctor(desk, doctorId);
      if (refused) return refused;
      const args = { user: { id: desk.newId(), ...user, doctor_id: doctorId } };
      return issue(session, { name: 'issue_code', args, byMail });
    },

    reissueCode: (session: Session, { userId, byMail }: ParsedInput<'reissueCode'>) =>
      issue(session, { name: 'issue_code', args: { user_id: userId }, byMail }),

    reactivateStaff: (session: Session, { userId, byMail }: ParsedInput<'reactivateStaff'>) =>
      issue(session, { name: 'reactivate_staff', args: { user_id: userId }, byMail }),

    updateStaff: async (
      session: Session,
      { userId, set: { doctorId, ...set } }: ParsedInput<'updateStaff'>,
    ): Promise<CallResult<'updateStaff'>> => {
      const refused = noDoctor(desk, doctorId ?? null);
      if (refused) return refused;
      const given = { ...set, ...(doctorId === undefined ? {} : { doctor_id: doctorId }) };
      return change(session, 'set_staff', { user_id: userId, set: given });
    },

    deactivateStaff: (session: Session, { userId }: ParsedInput<'deactivateStaff'>) =>
      change(session, 'deactivate_staff', { user_id: userId }),

    unlockStaff: (session: Session, { userId }: ParsedInput<'unlockStaff'>) =>
      change(session, 'unlock_staff', { user_id: userId }),
  };
};

const noDoctor = ({ replica }: Desk, doctorId: string | null) =>
  doctorId === null ||
  replica.statement('select 1 from doctors where id = ? and deleted_at is null').get(doctorId)
    ? undefined
    : refuse('not_found', { what: 'doctor', id: doctorId });
