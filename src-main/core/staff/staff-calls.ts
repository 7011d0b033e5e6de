import { refuse } from '../../contract/errors.ts';

const notYet = () => refuse('not_ready');

/** The calls that manage the accounts of the staff. */
export const staffHandlers = () => ({
  firstAdministrator: notYet,
  readCode: notYet,
  redeemCode: notYet,
  staff: notYet,
  inviteStaff: notYet,
  reissueCode: notYet,
  updateStaff: notYet,
  deactivateStaff: notYet,
  reactivateStaff: notYet,
  unlockStaff: notYet,
  staffSessions: notYet,
  endStaffSession: notYet,
  securityPolicy: notYet,
  setSecurityPolicy: notYet,
  mailSettings: notYet,
  setMailSettings: notYet,
  testMail: notYet,
});
