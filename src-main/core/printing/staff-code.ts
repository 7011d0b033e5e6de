import type { PrintJob, StaffCodeSheet } from '../../contract/printing.ts';
import type { Desk } from '../desk.ts';
import { readLetterhead } from './letterhead.ts';

/** The page with a code for somebody's password. The code comes with the job, since the desk keeps it nowhere. */
export const readStaffCode = (
  desk: Desk,
  { userId, purpose, code, expiresAt }: Extract<PrintJob, { kind: 'staffCode' }>,
): StaffCodeSheet | undefined => {
  const name = desk.replica.statement('select display_name from users where id = ?').pluck().get(userId) as
    | string
    | undefined;
  if (name === undefined) return undefined;
  const letterhead = readLetterhead(desk, null);
  return { kind: 'staffCode', letterhead, printedAt: desk.now(), name, purpose, code, expiresAt };
};
