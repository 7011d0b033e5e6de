import { z } from 'zod';
import type { LoggedError } from '../../contract/diagnostics.ts';
import { Instant } from '../../contract/values.ts';

const Fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Line = z.object({ at: Instant, level: z.string(), message: z.string() }).catchall(Fact);

/** What failed, from lines of the log (oldest first), newest first; `most` of them. Lines cut off in the middle are passed over. */
export const loggedErrors = (lines: readonly string[], most: number): LoggedError[] =>
  lines.flatMap(readError).slice(-most).reverse();

const readError = (text: string): LoggedError[] => {
  // Nearly all lines tell of no fault; those are not worth parsing.
  if (!text.includes('"level":"error"')) return [];
  const line = Line.safeParse(parse(text));
  if (!line.success || line.data.level !== 'error') return [];
  const { at, message, level: _, ...facts } = line.data;
  const told = Object.entries(facts).map(([name, value]) => [name, String(value)] as const);
  return [{ at, message, facts: Object.fromEntries(told) }];
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
