import { existsSync } from 'node:fs';
import type { Result } from '../contract/errors.ts';
import type { OwnClinic } from '../contract/set-up.ts';
import { DeskLogin, type KeptLogin, NEXT_PASSWORD } from '../core/desks/desk-login.ts';
import { ReplicaKeys } from '../core/desks/replica-keys.ts';
import { beginWipe } from '../core/desks/wipe.ts';
import { Explained } from '../core/explained.ts';
import { type FrontDesk, type FrontDeskOptions, openFrontDesk } from '../core/front-desk.ts';
import type { Log } from '../core/log.ts';
import type { Secrets } from '../core/security/secrets.ts';
import type { OpenDesk } from './desk.ts';
import {
  type DeskFolder,
  findDeskFolder,
  openSecrets,
  outsideSecrets,
  takeDeskFolder,
} from './desk-folder.ts';
import type { DeskOptions } from './options.ts';
import { joinOwnEmbedded, type SampleCentral, startSampleCentral } from './sample-central.ts';
import { CENTRAL_URL } from './secret-names.ts';
import { stillWiped, wipedDesk, wipeOut } from './wiped-desk.ts';

export type { OpenDesk } from './desk.ts';

/** What a shell gives its desk: the threads' programs where they lie in a bundle, and what it writes down of the desk. */
export type ShellParts = Pick<
  FrontDeskOptions,
  'rebuildWorker' | 'daySheetWorker' | 'rekeyWorker' | 'records'
>;

/** How a desk leaves the clinic that it shows. */
export interface Leaving {
  /** Where that is kept; the desk's usual folder unless named. */
  folder?: DeskFolder;
  startOwnClinic?: (clinic: OwnClinic, sample: SampleCentral) => Promise<Result<Record<never, never>>>;
  /** Central told it to destroy what it holds: `wiped` is to stand in its place before `wipe` closes it and does that. */
  onWipe?: (wiped: OpenDesk, wipe: () => Promise<void>) => void;
}

const NONCE = 'replica-nonce';
const MAIL_PASSWORD = 'mail-password';
const CAL_COM_KEY = 'cal-com-key';

/**
 * Opens a desk as its options say: takes its folder for this process, finds its key and its central, and starts
 * the core. Closing undoes that in reverse.
 */
export const openDesk = async (
  options: DeskOptions,
  log: Log,
  parts: ShellParts = {},
  { folder = findDeskFolder(options), startOwnClinic, onWipe }: Leaving = {},
): Promise<OpenDesk> => {
  const closing: (() => unknown)[] = [takeDeskFolder(folder, options.desk)];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const wiped = await stillWiped(folder, options, log, closing);
    if (wiped) return wipedDesk(wiped, close);
    const secrets = await openSecrets(folder, options);
    const keys = await replicaKeys(folder, secrets);
    const { data, desk: name } = options;
    const sample = folder.sample ? await startSampleCentral({ data, desk: name, secrets }, log) : null;
    const own = !sample && options.central === null ? await joinOwnEmbedded({ data, secrets }, log) : null;
    const embedded = sample ?? own;
    if (embedded) closing.push(embedded.stop);
    const login = await DeskLogin.open(
      secrets,
      log,
      embedded ? kept(embedded) : await ownCentral(options, secrets),
    );
    let closed: Promise<void> | undefined;
    const closeDesk = (): Promise<void> => {
      closed ??= desk.close();
      return closed;
    };
    const outside = outsideSecrets(secrets, folder, options);
    const desk = opened(
      await openFrontDesk({
        file: folder.replica,
        key: keys.key,
        centralUrl: login.urls[0],
        own: { keys, login },
        onWipe: (loss) => {
          const note = beginWipe(folder.path, loss, new Date().toISOString());
          const url = login.urls[0];
          onWipe?.(wipedDesk(note, close), async () => {
            await closeDesk();
            await wipeOut({ folder, note, secrets, url, log }, closing);
          });
        },
        nonce: { read: () => secrets.get(NONCE), write: (value) => secrets.set(NONCE, value) },
        mailPassword: {
          read: () => secrets.get(MAIL_PASSWORD),
          write: (value) =>
            value === null ? secrets.delete(MAIL_PASSWORD) : secrets.set(MAIL_PASSWORD, value),
        },
        outsideSecrets: outside,
        calComKey: {
          read: () => outside.get(CAL_COM_KEY),
          write: (value) => (value === null ? outside.delete(CAL_COM_KEY) : outside.set(CAL_COM_KEY, value)),
        },
        insecureKeyFile: secrets.insecure,
        log,
        ...(own ? { backups: own.backups } : {}),
        ...(sample && startOwnClinic
          ? { startOwnClinic: (clinic: OwnClinic) => startOwnClinic(clinic, sample) }
          : {}),
        ...parts,
      }),
      folder,
    );
    closing.push(closeDesk);
    return {
      dispatch: (name, input, session = desk.session) => desk.dispatch(name, input, session),
      openSeat: desk.openSeat,
      closeSeat: desk.closeSeat,
      on: desk.on,
      admit: desk.admit,
      isOpen: desk.isOpen,
      dismiss: desk.dismiss,
      files: desk.files,
      close,
    };
  } catch (fault) {
    await close();
    throw fault;
  }
};

const opened = (result: Result<FrontDesk>, folder: DeskFolder): FrontDesk => {
  if (result.ok) return result.value;
  throw new Explained(
    result.error.code === 'disk_full'
      ? `The disk that holds ${folder.path} is full. Free some space and start again.`
      : `The system does not let ${folder.replica} be opened or written. Give this user access to it, or have the disk seen ` +
          'to where it lets nobody write, and start again.',
  );
};

/** Another key would not open the replica, so a lost one is not replaced in silence. */
const replicaKeys = async (folder: DeskFolder, secrets: Secrets): Promise<ReplicaKeys> => {
  const keys = await ReplicaKeys.find(secrets, folder.replica);
  if (keys) return keys;
  if (existsSync(folder.replica)) {
    const where = secrets.insecure
      ? 'the key file.'
      : 'the keychain of this user, or the keychain is locked. Unlock it, as by signing in to this computer with ' +
        'the password and not by itself, and start again.';
    throw new Explained(
      `The key of ${folder.replica} is not in ${where} Start as the user who set this desk up. Where the key is lost ` +
        'for good, move the folder away: the desk then fetches everything from central again, without the changes ' +
        'that it had not sent.',
    );
  }
  return ReplicaKeys.make(secrets);
};

const kept = ({ deskUrl, urlName }: { deskUrl: string; urlName: string }): KeptLogin => ({
  name: urlName,
  url: deskUrl,
});

/**
 * The URL of the command line, which is kept for the next start, or the one kept at the last. Where they differ by the
 * password alone, the kept one goes first: the desk may have changed it since somebody wrote the other one down.
 */
const ownCentral = async ({ central }: DeskOptions, secrets: Secrets): Promise<KeptLogin> => {
  const known = await secrets.get(CENTRAL_URL);
  if (central && known && central !== known && isSameLogin(central, known))
    return { name: CENTRAL_URL, url: known, given: central };
  if (central && central !== known) {
    await secrets.set(CENTRAL_URL, central);
    await secrets.delete(NEXT_PASSWORD);
  }
  const url = central ?? known;
  if (url) return { name: CENTRAL_URL, url };
  throw new Explained(
    'This desk has lost the address of its central. Name it with --central, as `central add-desk` printed it.',
  );
};

const isSameLogin = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((text) => {
    if (!URL.canParse(text)) return text;
    const url = new URL(text);
    url.password = '';
    return url.href;
  });
  return a === b;
};
