import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What reading a file gave: its bytes, or that it is not here, or that it is not what was stored. */
export type ReadFile = { state: 'here'; bytes: Buffer } | { state: 'missing' } | { state: 'damaged' };

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What a stored file has beyond its content. */
const OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES;
const unfinished = '.part';

/** What is worked on between two turns of the event loop, so that no call waits long behind a large file. */
const TURN_BYTES = 2 * 1024 * 1024;

async function* inTurns(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += TURN_BYTES) {
    if (at > 0) await nextTurn();
    yield bytes.subarray(at, at + TURN_BYTES);
  }
}

/** The SHA-256 of some bytes, as 64 hexadecimal digits. */
export const sha256Of = async (bytes: Uint8Array): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of inTurns(bytes)) hash.update(piece);
  return hash.digest('hex');
};

/**
 * The files that a desk keeps beside its replica, each under the SHA-256 of its bytes and encrypted (AES-256-GCM) with a
 * key that follows from the replica's: who cannot open the one cannot read the other.
 *
 * When the replica gets another key, the files are written anew one by one; until the last of them is, those under a key
 * before it are read with that.
 *
 * A stored file is one byte of version, the nonce, the encrypted bytes and the tag; its name is authenticated with it,
 * so that one file cannot be put in another's place.
 */
export class FileStore {
  readonly #folder: string;
  #key: Buffer;
  #formerKeys: Buffer[];
  /** The files that are here; read from the folder once. */
  readonly #names: Set<string>;
  readonly #damaged = new Set<string>();

  /**
   * `folder` is made if it is not there, readable to this user only. `replicaKey` is the replica's 32 bytes,
   * `formerKeys` are those before it that some files may still be under.
   */
  constructor(folder: string, replicaKey: Buffer, formerKeys: readonly Buffer[] = []) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#key = storeKey(replicaKey);
    this.#formerKeys = formerKeys.map(storeKey);
    const found = readdirSync(folder);
    for (const name of found) if (name.endsWith(unfinished)) rmSync(join(folder, name), { force: true });
    this.#names = new Set(found.filter((name) => /^[0-9a-f]{64}$/.test(name)));
  }

  /** The names of all files, damaged ones included. */
  names(): IterableIterator<string> {
    return this.#names.values();
  }

  /** Whether a file is here and was not found to be damaged. */
  has(sha256: string): boolean {
    return this.#names.has(sha256) && !this.#damaged.has(sha256);
  }

  /** Whether a file is here that is not what was stored. */
  isDamaged(sha256: string): boolean {
    return this.#damaged.has(sha256);
  }

  /** How many bytes a file has, or null where it is not here. */
  sizeOf(sha256: string): number | null {
    if (!this.has(sha256)) return null;
    const found = statSync(join(this.#folder, sha256), { throwIfNoEntry: false });
    return found ? found.size - OVERHEAD : null;
  }

  /** Keeps some bytes, on disk before it resolves; what is here already is not written again. Returns their name. */
  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = await sha256Of(bytes);
    if (this.sizeOf(sha256) !== null) return sha256;
    await this.#write(sha256, bytes);
    this.#names.add(sha256);
    this.#damaged.delete(sha256);
    return sha256;
  }

  /** Reads a file and checks that it is what was stored. */
  async read(sha256: string): Promise<ReadFile> {
    if (!this.#names.has(sha256)) return { state: 'missing' };
    const stored = await readIfThere(join(this.#folder, sha256));
    if (!stored) {
      this.#names.delete(sha256);
      return { state: 'missing' };
    }
    const bytes = await this.#decryptWithAny(sha256, stored);
    if (bytes && (await sha256Of(bytes)) === sha256) return { state: 'here', bytes };
    this.#damaged.add(sha256);
    return { state: 'damaged' };
  }

  /** Forgets files that nothing names and that were not written since `before` (epoch milliseconds). */
  sweep(named: ReadonlySet<string>, before: number): void {
    for (const name of [...this.#names]) {
      const file = join(this.#folder, name);
      if (named.has(name) || (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= before) continue;
      rmSync(file, { force: true });
      this.#names.delete(name);
    }
  }

  /** From now on files are written under this key of the replica; `renew` brings those that are here under it. */
  changeKey(replicaKey: Buffer): void {
    this.#formerKeys.push(this.#key);
    this.#key = storeKey(replicaKey);
  }

  /**
   * Writes every file anew that is under a former key, one at a time, each whole or not at all. Then the former keys open
   * nothing here and are forgotten; what no key opens is damaged and stays as it is.
   */
  async renew(): Promise<void> {
    const former = [...this.#formerKeys];
    if (former.length === 0) return;
    for (const sha256 of [...this.#names]) {
      const stored = await readIfThere(join(this.#folder, sha256));
      if (!stored || (await this.#decrypt(sha256, stored, this.#key))) continue;
      const bytes = await this.#decryptWithAny(sha256, stored);
      if (bytes) await this.#write(sha256, bytes);
    }
    this.#formerKeys = this.#formerKeys.filter((key) => !former.includes(key));
  }

  async #write(sha256: string, bytes: Uint8Array): Promise<void> {
    const part = join(this.#folder, `${sha256}.${randomBytes(4).toString('hex')}${unfinished}`);
    try {
      await writeWhole(part, await this.#encrypt(sha256, bytes));
      await rename(part, join(this.#folder, sha256));
    } catch (fault) {
      await rm(part, { force: true });
      throw fault;
    }
    await syncFolder(this.#folder);
  }

  async #encrypt(sha256: string, bytes: Uint8Array): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(sha256));
    const parts = [Buffer.of(VERSION), nonce];
    for await (const piece of inTurns(bytes)) parts.push(cipher.update(piece));
    parts.push(cipher.final());
    return Buffer.concat([...parts, cipher.getAuthTag()]);
  }

  async #decryptWithAny(sha256: string, stored: Buffer): Promise<Buffer | null> {
    for (const key of [this.#key, ...this.#formerKeys]) {
      const bytes = await this.#decrypt(sha256, stored, key);
      if (bytes) return bytes;
    }
    return null;
  }

  async #decrypt(sha256: string, stored: Buffer, key: Buffer): Promise<Buffer | null> {
    if (stored.length < OVERHEAD || stored[0] !== VERSION) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(1, 1 + NONCE_BYTES))
      .setAAD(Buffer.from(sha256))
      .setAuthTag(stored.subarray(-TAG_BYTES));
    const parts: Buffer[] = [];
    for await (const piece of inTurns(stored.subarray(1 + NONCE_BYTES, -TAG_BYTES)))
      parts.push(decipher.update(piece));
    try {
      parts.push(decipher.final());
    } catch {
      // The tag does not fit: the file, its name or the key is another one.
      return null;
    }
    return Buffer.concat(parts);
  }
}

const storeKey = (replicaKey: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', replicaKey, '', 'anteroom stored files', 32));

const writeWhole = async (path: string, bytes: Buffer): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
};

/** Brings the rename itself to disk. Windows opens no folders, and needs none of it. */
const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
