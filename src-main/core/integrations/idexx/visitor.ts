import { CookieJar } from 'tough-cookie';
import { type Answer, failed, pauseFor, type Ran, ran, request, type World } from '../http.ts';

/** A page that was reached, after the redirects that led to it. */
export interface Page extends Answer {
  /** Where it is; the login page too where Neo wanted to send the visitor there. */
  url: URL;
}

/** A visitor of one host, with cookies of its own. */
export interface Visitor {
  get(path: string, name: string): Promise<Ran<Page>>;
  /** Sends a form, once, to a page of the same host. */
  post(url: URL, name: string, form: URLSearchParams): Promise<Ran<Page>>;
  /** The names of the cookies that it has. */
  cookieNames(): Promise<string[]>;
  forgetCookies(): Promise<void>;
}

/** Where Neo asks people to sign in. */
export const LOGIN = '/login';

const MOST_REDIRECTS = 5;

/**
 * Visits `baseUrl` at a polite pace: `pace` milliseconds at least from one request to the next. No request and no cookie
 * ever goes to another host, whatever an answer says, and none without the TLS that the address has.
 */
export const visitorOf = (world: World, baseUrl: string, pace: number): Visitor => {
  const base = new URL(baseUrl);
  const jar = new CookieJar();
  let nextAt = 0;

  /** One request; its cookies are sent and kept. */
  const ask = async (url: URL, name: string, form?: URLSearchParams): Promise<Ran<Answer>> => {
    const wait = nextAt - world.now();
    const stopped = wait > 0 ? await pauseFor(world, wait) : undefined;
    if (stopped) return stopped;
    nextAt = world.now() + pace;
    const cookie = await jar.getCookieString(url.href);
    const answer = await request(world, {
      method: form ? 'POST' : 'GET',
      url,
      name,
      headers: {
        accept: 'application/json, text/html;q=0.9',
        ...(cookie ? { cookie } : {}),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { body: form.toString(), once: true } : {}),
    });
    if (!answer.ok) return answer;
    for (const header of answer.value.headers.getSetCookie())
      await jar.setCookie(header, url.href, { ignoreError: true });
    return answer;
  };

  /** Goes where redirects lead, but no further than to the login page. */
  const visit = async (from: URL, name: string, form?: URLSearchParams): Promise<Ran<Page>> => {
    let url = from;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const answer = await ask(url, name, hops === 0 ? form : undefined);
      if (!answer.ok) return answer;
      const location = answer.value.headers.get('location');
      if (answer.value.status < 300 || answer.value.status >= 400 || location === null)
        return ran({ ...answer.value, url });
      // 307 and 308 would have a form, with the password in it, sent on.
      if (form && answer.value.status > 303) return failed('unreadable', `${name}: ${answer.value.status}`);
      const next = URL.parse(location, url);
      if (next?.origin !== base.origin) return failed('unreadable', `${name}: sent to another host`);
      if (next.pathname === LOGIN) return ran({ ...answer.value, url: next });
      url = next;
    }
    return failed('unreadable', `${name}: redirects without end`);
  };

  return {
    get: (path, name) => visit(new URL(path, base), name),
    post: (url, name, form) =>
      url.origin === base.origin
        ? visit(url, name, form)
        : Promise.resolve(failed('unreadable', `${name}: another host`)),
    cookieNames: async () => (await jar.getCookies(base.href)).map((cookie) => cookie.key),
    forgetCookies: () => jar.removeAllCookies(),
  };
};
