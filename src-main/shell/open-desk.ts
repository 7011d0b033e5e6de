import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Result } from '../contract/errors.ts';
import type { OwnClinic } from '../contract/set-up.ts';
import { Explained } from '../core/explained.ts';
import { type FrontDesk, type FrontDeskOptions, openFrontDesk, type Session } from '../core/front-desk.ts';
import type { Log } from '../core/log.ts';
import type { Secrets } from '../core/security/secrets.ts';
import { type DeskFolder, findDeskFolder, openSecrets, takeDeskFolder } from './desk-folder.ts';
import type { DeskOptions } from './options.ts';
import { joinOwnEmbedded, type SampleCentral, startSampleCentral } from './sample-central.ts';

/** A desk that runs, as a shell serves it. */
export interface OpenDesk {
  /** Answers a call of a session; without one, of somebody who came to no seat. */
  dispatch(name: string, input: unknown, session?: Session): Promise<Result<unknown>>;
  openSeat: FrontDesk['openSeat'];
  closeSeat: FrontDesk['closeSeat'];
  on: FrontDesk['on'];
  admit: FrontDesk['admit'];
  isOpen: FrontDesk['isOpen'];
  dismiss: FrontDesk['dismiss'];
  files: FrontDesk['files'];
  close(): Promise<void>;
}

/** The threads' programs in a bundle. */
export type Programs = Pick<FrontDeskOptions, 'rebuildWorker' | 'daySheetWorker'>;

/** How a desk leaves the sample for a clinic of its own. */
interface Leaving {
  /** Where that is kept; the desk's usual folder unless named. */
  folder?: DeskFolder;
  startOwnClinic?: (clinic: OwnClinic, sample: SampleCentral) => Promise<Result<Record<never, never>>>;
}

const KEY = 'replica-key';
const CENTRAL_URL = 'central-url';
const NONCE = 'replica-nonce';
const MAIL_PASSWORD = 'mail-password';

/**
 * Opens a desk as its options say: takes its folder for this process, finds its key and its central, and starts
 * the core. Closing undoes that in reverse. `programs` names the threads' programs in a bundle.
 */
export const openDesk = async (
  options: DeskOptions,
  log: Log,
  programs: Programs = {},
  { folder = findDeskFolder(options), startOwnClinic }: Leaving = {},
): Promise<OpenDesk> => {
  const closing: (() => unknown)[] = [takeDeskFolder(folder, options.desk)];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const secrets = await openSecrets(folder, options);
    const key = await replicaKey(folder, secrets);
    const { data, desk: name } = options;
    const sample = folder.sample ? await startSampleCentral({ data, desk: name, secrets }, log) : null;
    const embedded =
      sample ?? (options.central === null ? await joinOwnEmbedded({ data, secrets }, log) : null);
    if (embedded) closing.push(embedded.stop);
    const desk = opened(
      await openFrontDesk({
        file: folder.replica,
        key,
        centralUrl: embedded?.deskUrl ?? (await ownCentral(options, secrets)),
        nonce: { read: () => secrets.get(NONCE), write: (value) => secrets.set(NONCE, value) },
        mailPassword: {
          read: () => secrets.get(MAIL_PASSWORD),
          write: (value) =>
            value === null ? secrets.delete(MAIL_PASSWORD) : secrets.set(MAIL_PASSWORD, value),
        },
        insecureKeyFile: secrets.insecure,
        log,
        ...(sample && startOwnClinic
          ? { startOwnClinic: (clinic: OwnClinic) => startOwnClinic(clinic, sample) }
          : {}),
        ...programs,
      }),
      folder,
    );
    closing.push(() => desk.close());
    if (desk.setAside) log.error('a replica that did not open was put aside', desk.setAside);
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
      : `The system does not let ${folder.replica} be opened. Give this user access to it and start again.`,
  );
};

/** 32 bytes, made with the replica. Another key would not open it, so a lost one is not replaced in silence. */
const replicaKey = async (folder: DeskFolder, secrets: Secrets): Promise<Buffer> => {
  const kept = await secrets.get(KEY);
  if (kept) return Buffer.from(kept, 'hex');
  if (existsSync(folder.replica)) {
    throw new Explained(
      `The key of ${folder.replica} is not in ${secrets.insecure ? 'the key file' : 'the keychain'} of this user. ` +
        'Start as the user who set this desk up, or move the folder away: the desk then fetches everything from ' +
        'central again, without the changes that it had not sent.',
    );
  }
  const key = randomBytes(32);
  await secrets.set(KEY, key.toString('hex'));
  return key;
};

/** The URL of the command line, which is kept for the next start, or the one kept at the last. */
const ownCentral = async ({ central }: DeskOptions, secrets: Secrets): Promise<string> => {
  const kept = await secrets.get(CENTRAL_URL);
  if (central && central !== kept) await secrets.set(CENTRAL_URL, central);
  const url = central ?? kept;
  if (url) return url;
  throw new Explained(
    'This desk has lost the address of its central. Name it with --central, as `central add-desk` printed it.',
  );
};
