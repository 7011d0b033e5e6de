import type { CallName, CallResult, ParsedInput } from '../../contract/calls.ts';
import type { MailOutcome } from '../../contract/staff.ts';
import type { Desk, Session } from '../desk.ts';
import { codeLetter } from '../mail/letters.ts';
import { mailHandlers, sendFromHere } from '../mail/settings.ts';
import { accountHandlers, type CodeToSend } from './accounts.ts';
import { firstAdministrator, readCode, redeemCode } from './doorstep.ts';
import { endStaffSession, staff, staffSessions } from './list.ts';
import { securityPolicy, setSecurityPolicy } from './policy.ts';

type Call<N extends CallName> = (
  desk: Desk,
  session: Session,
  input: ParsedInput<N>,
) => CallResult<N> | Promise<CallResult<N>>;

/** The calls that manage the accounts of the staff, with the desk they work on. */
export const staffHandlers = (desk: Desk) => {
  const on =
    <N extends CallName>(call: Call<N>) =>
    (session: Session, input: ParsedInput<N>) =>
      call(desk, session, input);
  return {
    firstAdministrator: on<'firstAdministrator'>(firstAdministrator),
    readCode: on<'readCode'>(readCode),
    redeemCode: on<'redeemCode'>(redeemCode),
    staff: on<'staff'>(staff),
    staffSessions: on<'staffSessions'>(staffSessions),
    endStaffSession: on<'endStaffSession'>(endStaffSession),
    securityPolicy: on<'securityPolicy'>(securityPolicy),
    setSecurityPolicy: on<'setSecurityPolicy'>(setSecurityPolicy),
    ...accountHandlers(desk, (code) => sendCode(desk, code)),
    ...mailHandlers(desk),
  };
};

/** Mails a code where mail is set up here. The code is on the screen in any case, so a fault is only told. */
const sendCode = async (desk: Desk, code: CodeToSend): Promise<MailOutcome> => {
  const { to } = code;
  const fault = await sendFromHere(desk, { to, ...codeLetter(desk, code) });
  if (fault === undefined) return { mail: 'off' };
  return fault === null ? { mail: 'sent', to } : { mail: 'failed', to, fault };
};
