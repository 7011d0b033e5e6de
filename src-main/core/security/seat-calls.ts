import { refuse } from '../../contract/errors.ts';

const notYet = () => refuse('not_ready');

/** The calls that sign people in and out, and those of their own accounts. */
export const seatCalls = () => ({
  door: notYet,
  signIn: notYet,
  switchPerson: notYet,
  lock: notYet,
  signOut: notYet,
  myAccount: notYet,
  changePassword: notYet,
  setPin: notYet,
  beginSecondFactor: notYet,
  confirmSecondFactor: notYet,
  endSecondFactor: notYet,
  newRecoveryCodes: notYet,
  endMySession: notYet,
});
