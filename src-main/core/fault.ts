import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { places } from './places.ts';

/** What may be told of a fault: its class, its code and its places. Its message may quote a person's data and is left out. */
export interface FaultTrace {
  /** The class: `TypeError`, `SqliteError` … */
  name: string;
  /** As Node, SQLite or Postgres gave it: `ENOSPC`, `23P01` … */
  code: string | null;
  /** The innermost first, `function file:line:column`, files named from this project's folder. */
  frames: string[];
}

/** More of them say nothing about where it began. */
const MOST_FRAMES = 30;

export const traceOf = (fault: unknown): FaultTrace => {
  if (!(fault instanceof Error)) return { name: typeof fault, code: null, frames: [] };
  return {
    name: plain(fault.name) ?? 'Error',
    code: 'code' in fault ? plain(String(fault.code)) : null,
    frames: framesOf(fault.stack ?? '', fault.message),
  };
};

/** The same in one line, with the innermost place. */
export const faultLine = (fault: unknown): string => {
  const { name, code, frames } = traceOf(fault);
  return [name, code, frames[0]].filter((part) => part != null).join(' ');
};

/** Classes and codes are words; anything else in their place may be a person's. */
const plain = (text: string): string | null => (/^[\w$.-]{1,64}$/.test(text) ? text : null);

/**
 * The places of a stack. A message may have lines of its own that look like places, so it is cut off first, and what is
 * left of a line has to be a name of code and a position in a file.
 */
export const framesOf = (stack: string, message = ''): string[] => {
  const from = message === '' ? 0 : stack.indexOf(message) + message.length;
  return stack
    .slice(from)
    .split('\n')
    .map(frameOf)
    .filter((frame) => frame !== null)
    .slice(0, MOST_FRAMES);
};

const FRAME = /^\s*at (?:(?:async )?(?<code>[\w$.<> [\]#]{1,120}) \()?(?<place>[^()\s]{1,300}:\d+:\d+)\)?$/;

const frameOf = (line: string): string | null => {
  const found = FRAME.exec(line)?.groups;
  if (!found) return null;
  const place = relative(found['place'] ?? '');
  return found['code'] ? `${found['code']} ${place}` : place;
};

const roots = [pathToFileURL(`${places.root}${sep}`).href, `${places.root}${sep}`];

/** Without the folder that Anteroom lies in: its path may hold the name of whoever set this PC up. */
const relative = (place: string): string => {
  for (const root of roots) if (place.startsWith(root)) return place.slice(root.length);
  if (/^node:|^[\w.-]+:\/\/[\w.-]+(:\d+)?\/assets\//.test(place)) return place;
  return place.slice(place.search(/[^\\/]*$/));
};
