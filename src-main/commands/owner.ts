import { unheededMode } from '../core/central/trust.ts';
import { Explained } from '../core/explained.ts';

/** An option of `parseArgs` that takes a text. */
export const text = { type: 'string' } as const;

/** The owner's URL that was given, or the one of the environment. */
export const ownerUrl = (given: string | undefined): string => {
  const url = need(given ?? process.env['ANTEROOM_OWNER_URL'], 'url');
  const asked = unheededMode(url);
  if (asked)
    process.stderr.write(`${asked} is not heeded: beyond this computer central must prove who it is.\n`);
  return url;
};

/** What was given for an option that must be. */
export const need = (value: string | undefined, name: string): string => {
  if (value) return value;
  throw new Explained(`--${name} is missing. \`npm run central\` lists the options.`);
};

/** A whole number of up to nine digits. */
export const wholeNumber = (name: string, value: string): number => {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new Explained(`--${name} takes a whole number, and not "${value}".`);
};

/** The value of a result; a refusal is told to whoever typed the command. */
export const settle = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (result.ok) return result.value;
  throw new Explained(result.error.message);
};
