import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWipe } from '../core/desks/wipe.ts';
import { Explained } from '../core/explained.ts';
import { holdFile } from '../core/replica/hold.ts';
import { keychainSecrets } from '../core/security/keytar-secrets.ts';
import { fileSecrets, type Secrets } from '../core/security/secrets.ts';
import type { DeskOptions } from './options.ts';

/** Where one desk keeps its replica. Sample and real clinics never share a folder. */
export interface DeskFolder {
  path: string;
  replica: string;
  /** Whether this desk shows the sample clinic of the embedded central. */
  sample: boolean;
}

/** A desk that has once had a clinic of its own goes on with it, wiped or not; any other shows the sample clinic. */
export const findDeskFolder = (options: DeskOptions): DeskFolder => {
  const own = ownFolder(options);
  if (options.central !== null || existsSync(own.replica) || readWipe(own.path)) return own;
  const path = join(options.data, 'sample', deskFolderName(options.desk));
  return { path, replica: join(path, 'replica.db'), sample: true };
};

/** Where the desk keeps a clinic of its own, which may be still to come. */
export const ownFolder = ({ data, desk }: DeskOptions): DeskFolder => {
  const path = join(data, 'desks', deskFolderName(desk));
  return { path, replica: join(path, 'replica.db'), sample: false };
};

/** A desk’s name as the name of a folder. */
export const deskFolderName = (desk: string): string =>
  desk
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'desk';

/** Makes the folder, readable to this user only, and takes it for this process. Returns how to let go. */
export const takeDeskFolder = (folder: DeskFolder, desk: string): (() => void) => {
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    const release = holdFile(join(folder.path, 'in-use'));
    if (release) return release;
  } catch (fault) {
    throw new Explained(
      `The folder ${folder.path} cannot be used (${fault instanceof Error ? fault.message : fault}). ` +
        'Give this user access to it, free some space, or choose another one with --data.',
    );
  }
  throw new Explained(
    `The desk "${desk}" is open already in another window or program. Use that one, close it, or name another ` +
      'desk with --desk.',
  );
};

/**
 * Where this desk's secrets lie. A key file serves only who asked for it, and the sample clinic on a computer
 * without a keychain: its data is made up.
 */
export const openSecrets = async (folder: DeskFolder, options: DeskOptions): Promise<Secrets> => {
  const file = join(folder.path, 'secrets.json');
  const inFile = options.insecureKeyFile ? fileSecrets(file) : besideKeychain(fileSecrets(file), folder);
  const mayUseFile = options.insecureKeyFile || folder.sample;
  if (existsSync(file) && mayUseFile) return inFile;
  const isNew = !existsSync(folder.replica);
  if (isNew && options.insecureKeyFile) return inFile;
  try {
    return await keychainSecrets(folder.path);
  } catch (fault) {
    if (isNew && folder.sample && fault instanceof Explained) return inFile;
    throw fault;
  }
};

/**
 * Where logins at outside systems lie. Those are real where the clinic is the sample too: a key file holds them only for
 * who asked for one.
 */
export const outsideSecrets = (
  secrets: Secrets,
  folder: DeskFolder,
  options: DeskOptions,
): Pick<Secrets, 'get' | 'set' | 'delete'> => {
  if (!secrets.insecure || options.insecureKeyFile) return secrets;
  const keychain = () => keychainSecrets(folder.path);
  return {
    get: async (name) => (await keychain()).get(name),
    set: async (name, value) => (await keychain()).set(name, value),
    delete: async (name) => (await keychain()).delete(name),
  };
};

/** The key file of a sample clinic, and the keychain that its logins at outside systems lie in where there is one. */
const besideKeychain = (inFile: Secrets, folder: DeskFolder): Secrets => ({
  ...inFile,
  clear: async (except) => {
    await inFile.clear(except);
    try {
      await (await keychainSecrets(folder.path)).clear([]);
    } catch (fault) {
      if (!(fault instanceof Explained)) throw fault;
    }
  },
});
