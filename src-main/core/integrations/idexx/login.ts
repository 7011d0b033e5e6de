import { backOff, failed, pauseFor, type Ran, ran, type World } from '../http.ts';
import { asksForCode, fillForm, type NeoLogin } from './login-form.ts';
import { LOGIN, type Page, type Visitor } from './visitor.ts';

const TRIES = 3;

/**
 * Signs the visitor in by the form of the login page. A login worked when Neo shows another page than the login and has
 * set a session cookie (integrations.md). What went wrong on the way is tried again with a fresh form, since the token of
 * the first one is spent; a refusal never is.
 * @returns null; or `refused_login`, `two_factor`, `unreadable` naming what is missing, or a fault of the network.
 */
export const signIn = async (world: World, visitor: Visitor, login: NeoLogin): Promise<Ran<null>> => {
  for (let attempt = 1; ; attempt += 1) {
    await visitor.forgetCookies();
    const page = await visitor.get(LOGIN, `GET ${LOGIN}`);
    if (!page.ok) return page;
    const form = fillForm(page.value, login);
    if (!form.ok) return form;
    const landed = await visitor.post(form.value.action, `POST ${LOGIN}`, form.value.fields);
    if (landed.ok) return judge(landed.value, await visitor.cookieNames());
    if (attempt >= TRIES || !['offline', 'timed_out', 'server_error'].includes(landed.error.code))
      return landed;
    const stopped = await pauseFor(world, backOff(world, attempt));
    if (stopped) return stopped;
  }
};

/** What the page after the login means. */
const judge = (page: Page, cookies: readonly string[]): Ran<null> => {
  if (page.url.pathname === LOGIN || page.status === 401) return failed('refused_login', `POST ${LOGIN}`);
  if (asksForCode(page)) return failed('two_factor', `POST ${LOGIN}`);
  if (page.status !== 200) return failed('unreadable', `POST ${LOGIN}: ${page.status}`);
  // The token of a form is in a cookie before anybody has signed in.
  const hasSession = cookies.some((name) => !/csrf|xsrf/i.test(name));
  return hasSession ? ran(null) : failed('unreadable', 'login page: a session cookie');
};
