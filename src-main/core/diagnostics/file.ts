import { homedir } from 'node:os';
import type { Diagnostics } from '../../contract/diagnostics.ts';
import type { Desk } from '../desk.ts';

/** The diagnostics as a file for whoever helps: its name, and its text in JSON. */
export const diagnosticsFile = async (
  { records }: Desk,
  diagnostics: Diagnostics,
): Promise<{ fileName: string; text: string }> => {
  const at = diagnostics.at.slice(0, 16).replaceAll(/[:T]/g, '-');
  const lines = (await records?.lines()) ?? [];
  const crashes = (records?.crashes() ?? []).map(({ report }) => report);
  const text = JSON.stringify({ ...diagnostics, crashes, log: lines.map(parsed) }, null, 2);
  return { fileName: `anteroom-diagnostics-${at}.json`, text: withoutHome(text) };
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};

/** The folder of whoever uses this PC often has their name. */
const withoutHome = (text: string): string => {
  const home = JSON.stringify(homedir()).slice(1, -1);
  return home.length > 1 ? text.replaceAll(home, '~') : text;
};
