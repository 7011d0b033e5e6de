import { type HTMLElement, parse } from 'node-html-parser';
import { failed, type Ran, ran } from '../http.ts';
import type { Page } from './visitor.ts';

/** The login of a clinic's own staff account at Neo. */
export interface NeoLogin {
  username: string;
  password: string;
  companyId: string | null;
}

/** A filled-in form: where it goes, and what it says. */
export interface FilledForm {
  action: URL;
  fields: URLSearchParams;
}

/**
 * Fills in the form of the login page, whatever its fields are called and whatever hidden ones it has.
 * @returns `unreadable` naming what the page lacks: a changed page is told, not guessed at.
 */
export const fillForm = (page: Page, login: NeoLogin): Ran<FilledForm> => {
  const form = parse(page.body)
    .querySelectorAll('form')
    .find((one) => inputOf(one, isPassword));
  if (!form) return missing(page.status === 200 ? 'a form with a password' : String(page.status));
  if (form.getAttribute('method')?.toLowerCase() !== 'post') return missing('method post');
  const action = URL.parse(form.getAttribute('action') ?? '', page.url);
  if (action?.origin !== page.url.origin) return missing('an action on the same host');

  const [username, company] = [inputOf(form, isUsername), inputOf(form, isCompany)];
  if (!username) return missing('a field for the username');
  if (!company && login.companyId !== null) return missing('a field for the company');
  const fields = new URLSearchParams();
  for (const input of form.querySelectorAll('input, button')) {
    if (isCarried(input)) fields.append(nameOf(input), input.getAttribute('value') ?? '');
  }
  if (company) fields.append(nameOf(company), login.companyId ?? '');
  fields.append(nameOf(username), login.username);
  fields.append(nameOf(inputOf(form, isPassword) ?? username), login.password);
  return ran({ action, fields });
};

/** Whether a page asks for a code after the password. */
export const asksForCode = (page: Page): boolean =>
  /two-?factor|2fa|mfa|otp/i.test(page.url.pathname) ||
  parse(page.body).querySelector('input[autocomplete="one-time-code"]') !== null;

const missing = (what: string): Ran<never> => failed('unreadable', `login page: ${what}`);

const nameOf = (input: HTMLElement): string => input.getAttribute('name') ?? '';

const typeOf = (input: HTMLElement): string => input.getAttribute('type')?.toLowerCase() ?? 'text';

const inputOf = (form: HTMLElement, fits: (input: HTMLElement) => boolean): HTMLElement | undefined =>
  form.querySelectorAll('input').find((input) => nameOf(input) !== '' && fits(input));

const isPassword = (input: HTMLElement): boolean => typeOf(input) === 'password';

/** What a person types into, called like that. */
const isTyped = (input: HTMLElement, called: RegExp): boolean =>
  ['text', 'email', 'number', 'tel'].includes(typeOf(input)) && called.test(nameOf(input));

const isCompany = (input: HTMLElement): boolean => isTyped(input, /company|practice/i);

const isUsername = (input: HTMLElement): boolean => isTyped(input, /user|email|login/i) && !isCompany(input);

/** What a browser sends along: hidden fields, and the button that is pressed. */
const isCarried = (input: HTMLElement): boolean =>
  nameOf(input) !== '' &&
  (typeOf(input) === 'hidden' || (input.rawTagName.toLowerCase() === 'button' && typeOf(input) === 'submit'));
