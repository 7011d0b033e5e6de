import type { FindingReason } from '../../../contract/imports.ts';
import type { Draft, Mapped, MappedFinding } from './source.ts';

/** Postgres and replica hold years of four digits; nothing of a clinic is older or later. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** Reads the values of one source row, noting what does not fit. A value that is only empty is null. */
export class Fields {
  readonly findings: MappedFinding[] = [];
  readonly #values: Record<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.#values = values;
  }

  /** Notes something; the row comes in all the same. */
  note(reason: FindingReason, details: Record<string, unknown>): void {
    this.findings.push({ reason, leftOut: false, details });
  }

  /** Notes why the row does not come in. */
  leave(reason: FindingReason, details: Record<string, unknown>): void {
    this.findings.push({ reason, leftOut: true, details });
  }

  get isLeftOut(): boolean {
    return this.findings.some(({ leftOut }) => leftOut);
  }

  /** What the row becomes: nothing where it was left out. */
  becomes(...drafts: Draft[]): Mapped {
    return { drafts: this.isLeftOut ? [] : drafts, findings: this.findings };
  }

  /** A value as trimmed text that Postgres can store; null where it is empty. */
  text(column: string, max?: number): string | null {
    const given = asText(this.#values[column])?.trim();
    if (!given) return null;
    const clean = storable(given);
    if (clean !== given) this.note('bad_text', { column });
    if (max === undefined || clean.length <= max) return clean;
    this.note('too_long', { column, value: clean, max });
    return withoutHalf(clean.slice(0, max)).trimEnd();
  }

  /** A text that must be there, else the row is left out. */
  needed(column: string, max?: number): string {
    const text = this.text(column, max);
    if (text === null) this.leave('missing_value', { column });
    return text ?? '';
  }

  /** An instant, ISO 8601 UTC with milliseconds. Without a zone of its own it is UTC, as Ecto writes it. */
  instant(column: string): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const instant = readInstant(text);
    if (instant === null) this.note('not_a_date', { column, value: text });
    return instant;
  }

  /** An instant that must be there and readable, else the row is left out. */
  neededInstant(column: string): string {
    const text = this.text(column);
    const instant = text === null ? null : readInstant(text);
    if (instant === null) {
      if (text === null) this.leave('missing_value', { column });
      else this.leave('not_a_date', { column, value: text });
    }
    return instant ?? '';
  }

  /** A calendar day, `2026-11-24`; of a time, its date as written. */
  day(column: string): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const day = readDay(text.slice(0, 10));
    if (day === null) this.note('not_a_date', { column, value: text });
    return day;
  }

  /** A whole number; null where it is none, with the finding `bad_number`. */
  whole(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const number = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
    if (number === null) this.note('bad_number', { column, value: text });
    return number;
  }

  /** A number with decimals; null where it is none, with the finding `bad_number`. */
  decimal(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const number = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
    if (number === null) this.note('bad_number', { column, value: text });
    return number;
  }

  /** An amount in minor units of a currency, exactly; null where it is none, with the finding `bad_number`. */
  minor(column: string, currency: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const minor = minorUnits(text, currency);
    if (minor === null) this.note('bad_number', { column, value: text });
    return minor;
  }

  /** One of some words; null for any other, with the finding `value_unknown`. */
  oneOf<W extends string>(column: string, words: readonly W[]): W | null {
    const text = this.text(column);
    if (text === null) return null;
    const word = words.find((one) => one === text.toLowerCase());
    if (word === undefined) this.note('value_unknown', { column, value: text });
    return word ?? null;
  }

  /** A yes or no as databases write it. */
  yes(column: string): boolean {
    return ['t', 'true', '1', 'yes'].includes(this.text(column)?.toLowerCase() ?? '');
  }
}

const asText = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Text without what Postgres cannot store: NUL, and halves of surrogate pairs. */
export const storable = (text: string): string =>
  text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');

const withoutHalf = (text: string): string => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** An instant as databases write it, to the millisecond; without a zone it is UTC. Null for what is none. */
export const readInstant = (text: string): string | null => {
  const found = INSTANT.exec(text);
  if (!found) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', part = '', zone = 'Z'] =
    found;
  if (readDay(`${year}-${month}-${day}`) === null) return null;
  const clock = `${hour}:${minute}:${second}.${part.padEnd(3, '0').slice(0, 3)}`;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : offsetOf(zone);
  const ms = Date.parse(`${year}-${month}-${day}T${clock}${offset}`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/** `+03`, `+0300` and `+03:00` alike. */
const offsetOf = (zone: string): string => {
  const digits = zone.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3, 5)}`;
};

/** A calendar day that there is; null for any other text. */
export const readDay = (text: string): string | null => {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const year = Number(found?.[1]);
  if (!found || year < FIRST_YEAR || year > LAST_YEAR) return null;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? text : null;
};

/** How many digits of a currency are minor units; two for one that is not known. */
const digitsOf = (currency: string): number => {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
};

/** `45.50` as 4550; null where the text is no amount, has more digits than the currency, or is negative. */
export const minorUnits = (text: string, currency: string): number | null => {
  const found = /^(\d{1,12})(?:\.(\d+))?$/.exec(text);
  if (!found) return null;
  const digits = digitsOf(currency);
  const [, whole = '', part = ''] = found;
  const kept = part.padEnd(digits, '0');
  if (/[^0]/.test(kept.slice(digits))) return null;
  return Number(whole + kept.slice(0, digits));
};

/** Whether a time zone is one of the IANA's that this computer knows. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone.length <= 64 && !/^[+-]/.test(zone);
  } catch {
    return false;
  }
};
