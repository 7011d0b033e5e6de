import { type CentralConnection, connectCentral } from '../central/connect.ts';
import { passwordIn, setOwnPassword } from '../central/own-password.ts';
import type { Login } from './login.ts';

/**
 * Brings the change of this desk's password that `login` is in to its end, on a connection that the one before opened.
 * The new one counts once somebody came in with it; where it does not lead in (a pooler with a list of its own), the
 * one before is set again. Without an answer the change stays open: the next connection tries both and goes on.
 */
export const finishPasswordChange = async (central: CentralConnection, login: Login): Promise<void> => {
  const { next } = login;
  if (next === null) return;
  await setOwnPassword(central, passwordIn(next));
  const tried = await connectCentral(next, { application: 'anteroom-password' });
  if (tried.ok) {
    await tried.value.close();
    await login.worked(next);
  } else if (tried.error.code === 'refused_login') {
    await setOwnPassword(central, passwordIn(login.urls[0]));
    await login.giveUp();
  }
};
