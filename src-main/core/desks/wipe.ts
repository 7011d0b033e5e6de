import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type CentralConnection, connectCentral } from '../central/connect.ts';
import { reportWiped } from '../central/report.ts';
import type { Log } from '../log.ts';
import { isDaySheet } from '../printing/day-sheet-files.ts';
import type { Secrets } from '../security/secrets.ts';

/** What is lost with a desk that destroys what it holds. */
export interface Loss {
  /** Changes that it had not sent. */
  lost: number;
  /** Where its day sheets lie, which may be outside its own folder. */
  daySheets: string;
  /** The administrator who asked for it, where that is known. */
  by: string | null;
}

const MARKER = 'wiped.json';
/** Held by this process while it works in the folder. */
const LOCK = 'in-use';

const Note = z.object({
  at: z.iso.datetime({ precision: 3 }),
  by: z.string().nullable(),
  lost: z.int(),
  daySheets: z.string(),
  /** Nothing is left here, and central was told so. */
  told: z.boolean(),
});
export type WipeNote = z.infer<typeof Note>;

/** That a desk's folder was to be wiped; null where it was not. A note that cannot be read counts as one. */
export const readWipe = (folder: string): WipeNote | null => {
  let text: string;
  try {
    text = readFileSync(join(folder, MARKER), 'utf8');
  } catch {
    return null;
  }
  try {
    return Note.parse(JSON.parse(text));
  } catch {
    return { at: new Date(0).toISOString(), by: null, lost: 0, daySheets: folder, told: false };
  }
};

/** Notes on disk that this folder is being wiped: from here on no start leads round it. */
export const beginWipe = (folder: string, { lost, daySheets, by }: Loss, now: string): WipeNote => {
  const note: WipeNote = { at: now, by, lost, daySheets, told: false };
  writeNote(folder, note);
  return note;
};

/** Whoever starts this desk with an address of central begins anew. */
export const forgetWipe = (folder: string): void => rmSync(join(folder, MARKER), { force: true });

/**
 * Destroys what a desk holds: its keys first, without which the rest is noise, then its files. The login at central stays
 * among the secrets, so that it can be told. Done again after a kill it ends the same. `secrets` is null where the
 * keychain does not answer: the files go all the same, and the keys at the next start.
 */
export const destroy = async (
  folder: string,
  { daySheets }: WipeNote,
  { secrets, logins }: { secrets: Secrets | null; logins: readonly string[] },
): Promise<void> => {
  await secrets?.clear(logins);
  for (const name of readdirSync(folder)) {
    const stays = name === MARKER || name.startsWith(LOCK) || (secrets?.insecure && name === 'secrets.json');
    if (!stays) rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (relative(folder, daySheets).startsWith('..')) removeDaySheets(daySheets);
  flushFolder(folder);
};

const removeDaySheets = (folder: string): void => {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // The folder is gone, or was on a disk that is not here.
    return;
  }
  for (const name of names) if (isDaySheet(name)) rmSync(join(folder, name), { force: true });
};

const againMs = 30_000;

/** Tells central, as often as it takes, that nothing is left here; then the login goes too. */
export const tellWiped = async (
  folder: string,
  note: WipeNote,
  { secrets, url, log, signal }: { secrets: Secrets; url: string; log: Log; signal: AbortSignal },
): Promise<void> => {
  while (!signal.aborted) {
    const connected = await connectCentral(url, { application: 'anteroom-wiped', signal });
    // A login that central refuses has nobody left to tell.
    if (connected.ok ? await told(connected.value, note.lost) : connected.error.code === 'refused_login') {
      await secrets.clear([]);
      if (secrets.insecure) rmSync(join(folder, 'secrets.json'), { force: true });
      writeNote(folder, { ...note, told: true });
      log.info('this desk was wiped, as an administrator asked');
      return;
    }
    await pause(againMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
};

const told = async (central: CentralConnection, lost: number): Promise<boolean> => {
  try {
    await reportWiped(central, lost);
    return true;
  } catch {
    return false;
  } finally {
    central.destroy();
  }
};

const writeNote = (folder: string, note: WipeNote): void => {
  writeFileSync(join(folder, MARKER), JSON.stringify(note), { mode: 0o600, flush: true });
  flushFolder(folder);
};

const flushFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
};
