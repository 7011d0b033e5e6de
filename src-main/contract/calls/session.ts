import { z } from 'zod';
import { call } from '../call.ts';
import { Door, Pin, SignedIn } from '../session.ts';
import { Id } from '../values.ts';

const Nothing = z.object({});
const password = z.string().min(1).max(200);

/** What anybody at the desk may do before signing in. A kiosk and a display have not even these. */
export const sessionCalls = {
  door: call({
    summary: 'Who is at this seat, and who may sign in.',
    input: Nothing,
    output: Door,
    right: 'door',
    errors: [],
  }),
  signIn: call({
    summary:
      'Signs somebody in by password, and by the code of their authenticator app (or a recovery code) where they have one. Works offline. After five wrong ones the next try has to wait, longer each time.',
    input: z.object({ userId: Id, password, code: z.string().trim().max(40).optional() }),
    output: SignedIn,
    right: 'door',
    errors: ['wrong_password', 'code_needed', 'wrong_code', 'account_locked', 'not_found', 'disk_full'],
  }),
  switchPerson: call({
    summary:
      'Signs somebody in by PIN, or opens the lock: for those who gave their password at this desk before. After five wrong PINs the password is needed.',
    input: z.object({ userId: Id, pin: Pin }),
    output: SignedIn,
    right: 'door',
    errors: ['wrong_pin', 'password_needed', 'account_locked', 'not_found', 'disk_full'],
  }),
  lock: call({
    summary: 'Locks this seat: it answers nothing until its person, or another one, comes back.',
    input: Nothing,
    output: Nothing,
    right: 'door',
    errors: [],
  }),
  signOut: call({
    summary: 'Ends the session of this seat; the PIN is no longer enough at this desk.',
    input: Nothing,
    output: Nothing,
    right: 'door',
    errors: ['disk_full'],
  }),
};
