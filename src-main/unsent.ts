import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { v7 as newId } from 'uuid';
import { askPassphrase } from './commands/passphrase.ts';
import { rights } from './contract/calls.ts';
import type { Desk } from './core/desk.ts';
import type { DeskFiles } from './core/desk-files.ts';
import { ReplicaKeys } from './core/desks/replica-keys.ts';
import { Explained } from './core/explained.ts';
import { fileTrouble } from './core/replica/file-fault.ts';
import { readFormerKeys } from './core/replica/former-keys.ts';
import { openReplica } from './core/replica/open.ts';
import { look } from './core/replica/open-or-replace.ts';
import { opensWith } from './core/replica/rekey.ts';
import { type ReadAside, readAside } from './core/replica/salvage/read-aside.ts';
import { readLog } from './core/replica/salvage/write-ahead-log.ts';
import { FileStore } from './core/store/file-store.ts';
import { exportUnsent } from './core/unsent/export.ts';
import { findDeskFolder, openSecrets, takeDeskFolder } from './shell/desk-folder.ts';
import { webOptions } from './shell/options.ts';

const usage = `Usage: npm run unsent -- export FOLDER [REPLICA] …

  writes what this desk has not sent into an encrypted file of that folder, for a desk whose screens do not start;
  another desk of the clinic takes it in its settings. REPLICA is one that was put aside, in place of the desk's own.

with the options of the desk, which must not be open elsewhere: --data DIR --desk NAME --insecure-key-file
The passphrase is asked, or is the first line of the file that ANTEROOM_BACKUP_PASSPHRASE_FILE names.
`;

/** `npm run unsent`: the way out for the changes of a desk that cannot be used any more. */
export const main = async ([command = '', folder = '', ...args]: string[]): Promise<void> => {
  if (command !== 'export' || folder === '' || folder.startsWith('--')) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const aside = args[0]?.startsWith('--') === false ? args.shift() : undefined;
  const options = webOptions(args);
  const deskFolder = findDeskFolder(options);
  const replica = resolve(aside ?? deskFolder.replica);
  if (!existsSync(replica)) throw new Explained(`There is no replica of this desk: ${replica}.`);
  const passphrase = await askPassphrase({ isNew: true });
  const release = takeDeskFolder(deskFolder, options.desk);
  try {
    const keys = await ReplicaKeys.find(await openSecrets(deskFolder, options), deskFolder.replica);
    if (!keys) throw new Explained(`The key of ${replica} is not kept for this user.`);
    const isOwn = replica === resolve(deskFolder.replica);
    const key = isOwn ? keys.key : keyOf(replica, keys.key, deskFolder.replica);
    await exportFrom(replica, key, isOwn, { folder: resolve(folder), passphrase });
  } finally {
    release();
  }
};

/** A replica that was put aside may be of before the desk's key was changed. */
const keyOf = (file: string, key: Buffer, own: string): Buffer => {
  if (!existsSync(own) || opensWith(file, key)) return key;
  const opened = openReplica({ file: own, key, newId: () => newId() });
  if (!opened.ok) return key;
  try {
    return readFormerKeys(opened.replica).find((former) => opensWith(file, former)) ?? key;
  } finally {
    opened.replica.close();
  }
};

/** A file that is damaged or not the desk's own stays as it is, and is read into another beside it. */
const openForReading = async (file: string, key: Buffer, isOwn: boolean): Promise<ReadAside> => {
  const options = { file, key, newId: () => newId() };
  try {
    if (!isOwn || look(file, key, readLog(file)) !== 'whole') return await readAside(options);
  } catch (fault) {
    throw new Explained(
      `${file} cannot be read: ${fileTrouble(fault, file) ?? 'the system does not say why'}.`,
    );
  }
  const opened = openReplica(options);
  if (!opened.ok) throw new Explained(`${file} cannot be opened: ${opened.fault}.`);
  const { replica } = opened;
  return { replica, rescued: 0, inbox: 0, lost: 0, lostKnown: true, close: () => replica.close() };
};

const exportFrom = async (
  file: string,
  key: Buffer,
  isOwn: boolean,
  input: { folder: string; passphrase: string },
): Promise<void> => {
  const { replica, lost, lostKnown, close } = await openForReading(file, key, isOwn);
  try {
    const store = new FileStore(join(dirname(file), 'files'), key, readFormerKeys(replica));
    const desk: Desk = {
      replica,
      now: () => new Date().toISOString(),
      newId: () => newId(),
      files: filesIn(store),
    };
    // Whoever may read the desk's key may read all that it opens.
    const written = await exportUnsent(desk, { userId: null, rights: new Set(rights) }, input);
    if (!written.ok) throw new Explained(written.error.message);
    const { waiting, refused, missingFiles } = written.value;
    for (const { kind, count } of waiting) process.stderr.write(`${count} ${kind}\n`);
    if (refused > 0) process.stderr.write(`${refused} undecided in the inbox\n`);
    if (lost > 0) process.stderr.write(`${lost} could not be read\n`);
    if (!lostKnown) process.stderr.write('more may be missing, which nothing in the file tells\n');
    for (const name of missingFiles) process.stderr.write(`not on this computer: ${name}\n`);
    process.stdout.write(`${written.value.file}\n`);
  } finally {
    close();
  }
};

const filesIn = (store: FileStore): DeskFiles => ({
  sizeOf: (sha256) => store.sizeOf(sha256),
  state: ({ sha256 }) => ({ state: store.has(sha256) ? 'here' : 'away', progress: null, online: false }),
  read: async (sha256) => {
    const read = await store.read(sha256);
    return read.state === 'here' ? read.bytes : null;
  },
  put: (bytes) => store.put(bytes),
  fetch: () => undefined,
  stopFetching: () => undefined,
});
