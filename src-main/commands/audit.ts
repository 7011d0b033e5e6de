import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { KEEP_YEARS, keptFrom } from '../core/audit/keep.ts';
import { type ExportFormat, headOf, linesOf } from '../core/audit/lines.ts';
import type { BreakKind } from '../core/audit/verify.ts';
import { dropAuditLog, exportAuditLog, type VerifiedClinic, verifyAudit } from '../core/central/audit-log.ts';
import { Explained } from '../core/explained.ts';
import { need, ownerUrl, settle, text, wholeNumber } from './owner.ts';

export const auditUsage = `  audit verify --url URL [--clinic ID]   whether a clinic's audit is whole, or its first broken link
  audit export --url URL --clinic ID --from DAY --to DAY [--format csv|jsonl]
  audit drop --url URL --before YYYY-MM [--keep-years ${KEEP_YEARS}]    drop what arrived before that month, of all clinics
`;

/** `npm run central -- audit …`. A broken chain sets exit code 1. */
export const audit = async ([command = '', ...args]: string[]): Promise<void> => {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (run) return run(args);
  throw new Explained(`There is audit verify, audit export and audit drop:\n\n${auditUsage}`);
};

const verify = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text, clinic: text } });
  settle(
    await verifyAudit(ownerUrl(values.url), values.clinic, (verified) => {
      process.stdout.write(`${describe(verified)}\n`);
      if (!verified.verdict.whole) process.exitCode = 1;
    }),
  );
};

const describe = ({ clinicId, name, verdict }: VerifiedClinic): string =>
  verdict.whole
    ? `${clinicId}  ${name}: whole, ${verdict.entries} entries, last ${verdict.last.seq} ${verdict.last.hash}`
    : `${clinicId}  ${name}: BROKEN at entry ${verdict.seq}: ${brokenWords[verdict.kind]} (${verdict.kind})`;

const brokenWords: Record<BreakKind, string> = {
  changed: 'this entry, or the one before it, is not as it was written',
  removed: 'an entry is missing here',
  inserted: 'this entry was put in afterwards',
  reordered: 'this entry stands in another one’s place',
  redacted: 'something was taken out of it, and no erasure of a person did that',
};

const exportLog = async (args: string[]): Promise<void> => {
  const options = { url: text, clinic: text, from: text, to: text, format: text };
  const { values } = parseArgs({ args, options });
  const format = formatOf(values.format);
  const range = {
    clinicId: need(values.clinic, 'clinic'),
    from: day('from', values.from),
    to: day('to', values.to),
  };
  await write(headOf(format));
  settle(await exportAuditLog(ownerUrl(values.url), range, (entries) => write(linesOf(format, entries))));
};

/** Waits for whoever reads, so that a large log does not pile up here. */
const write = async (part: string): Promise<void> => {
  if (!process.stdout.write(part)) await once(process.stdout, 'drain');
};

const drop = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text, before: text, 'keep-years': text } });
  const url = ownerUrl(values.url);
  const before = need(values.before, 'before');
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(before))
    throw new Explained('--before takes a month, such as 2020-01.');
  const years = values['keep-years'];
  const kept = keptFrom(
    new Date().toISOString(),
    years === undefined ? KEEP_YEARS : wholeNumber('keep-years', years),
  );
  if (before > kept) {
    throw new Explained(
      `The audit is kept for ${years ?? KEEP_YEARS} years: nothing after ${kept} may be dropped. --keep-years says otherwise.`,
    );
  }
  settle(await verifyAudit(url, undefined, refuseBroken));
  for (const { clinicId, entries, seq } of settle(await dropAuditLog(url, before))) {
    process.stdout.write(`${clinicId}  ${entries} entries dropped, up to ${seq}\n`);
  }
};

/** What is broken is evidence. */
const refuseBroken = (verified: VerifiedClinic): void => {
  if (!verified.verdict.whole)
    throw new Explained(`Nothing is dropped while a chain is broken. ${describe(verified)}`);
};

const day = (name: string, given: string | undefined): string => {
  const value = need(given, name);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new Explained(`--${name} takes a day, such as 2026-11-24.`);
};

const formatOf = (given = 'csv'): ExportFormat => {
  if (given === 'csv' || given === 'jsonl') return given;
  throw new Explained('--format is csv or jsonl.');
};

const commands: Record<string, (args: string[]) => Promise<void>> = { verify, export: exportLog, drop };
