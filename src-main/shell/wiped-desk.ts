import type { OwnStanding } from '../contract/desks.ts';
import { ok, refuse } from '../contract/errors.ts';
import { destroy, forgetWipe, readWipe, tellWiped, type WipeNote } from '../core/desks/wipe.ts';
import { Explained } from '../core/explained.ts';
import type { Session } from '../core/front-desk.ts';
import type { Log } from '../core/log.ts';
import { doorRights } from '../core/security/roles.ts';
import type { Secrets } from '../core/security/secrets.ts';
import type { OpenDesk } from './desk.ts';
import { type DeskFolder, openSecrets } from './desk-folder.ts';
import type { DeskOptions } from './options.ts';
import { CENTRAL_URL, logins } from './secret-names.ts';

/** What is undone when the desk is closed, in reverse. */
type Closing = (() => unknown)[];

/** What stands at a desk that was wiped: it says so, and answers nothing else. */
export const wipedDesk = (note: WipeNote, close: () => Promise<void>): OpenDesk => {
  const session: Session = { userId: null, rights: doorRights };
  const standing: OwnStanding = { standing: 'wiped', since: note.at, by: note.by };
  const nothing = async () => refuse('desk_disabled');
  return {
    dispatch: async (name) => (name === 'standing' ? ok(standing) : refuse('desk_disabled')),
    openSeat: () => ({ session, generation: 0, isMovedBy: () => false }),
    closeSeat: () => undefined,
    on: () => () => undefined,
    admit: () => null,
    isOpen: () => false,
    dismiss: () => undefined,
    files: { take: nothing, give: nothing, place: nothing },
    close,
  };
};

interface Wiping {
  folder: DeskFolder;
  note: WipeNote;
  secrets: Secrets;
  /** Null where nobody is left to tell. */
  url: string | null;
  log: Log;
}

/** Destroys what a desk that is closed holds, and begins to tell central so. */
export const wipeOut = async (
  { folder, note, secrets, url, log }: Wiping,
  closing: Closing,
): Promise<void> => {
  await destroy(folder.path, note, { secrets, logins });
  if (url === null || note.told) return;
  const stopped = new AbortController();
  const telling = tellWiped(folder.path, note, { secrets, url, log, signal: stopped.signal });
  closing.push(() => {
    stopped.abort();
    return telling;
  });
};

/**
 * That this folder was wiped, or was being: brought to its end first. Null where it was not, and where an address of
 * central that somebody names begins the desk anew.
 */
export const stillWiped = async (
  folder: DeskFolder,
  options: DeskOptions,
  log: Log,
  closing: Closing,
): Promise<WipeNote | null> => {
  const note = readWipe(folder.path);
  if (!note) return null;
  const secrets = await openSecrets(folder, options).catch((fault: unknown) => {
    if (fault instanceof Explained) return null;
    throw fault;
  });
  if (secrets) {
    const url = options.central === null ? await secrets.get(CENTRAL_URL) : null;
    await wipeOut({ folder, note, secrets, url, log }, closing);
  } else await destroy(folder.path, note, { secrets, logins });
  if (options.central === null) return note;
  forgetWipe(folder.path);
  return null;
};
