import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { opensWith } from '../replica/rekey.ts';
import type { Secrets } from '../security/secrets.ts';

/** What the secrets call the replica's key, and the one that it is being changed to. */
export const KEY = 'replica-key';
export const NEXT_KEY = 'replica-key-next';

/**
 * The key of a desk's replica, which may be changed while it runs. The new one is kept beside the old one before a file
 * is written under it, and the old one goes when that file has taken its place: at every moment between, one of the two
 * that are kept opens what lies there.
 */
export class ReplicaKeys {
  readonly #secrets: Secrets;
  #key: Buffer;
  #next: Buffer | null = null;

  private constructor(secrets: Secrets, key: Buffer) {
    this.#secrets = secrets;
    this.#key = key;
  }

  /** The key that opens `file`, with the end of a change that was cut off; null where none is kept. */
  static async find(secrets: Secrets, file: string): Promise<ReplicaKeys | null> {
    const kept = await secrets.get(KEY);
    if (kept === null) return null;
    const keys = new ReplicaKeys(secrets, Buffer.from(kept, 'hex'));
    const next = await secrets.get(NEXT_KEY);
    if (next !== null) await keys.#settle(file, Buffer.from(next, 'hex'));
    return keys;
  }

  /** Makes the first one, before there is a file. */
  static async make(secrets: Secrets): Promise<ReplicaKeys> {
    const key = randomBytes(32);
    await secrets.set(KEY, key.toString('hex'));
    return new ReplicaKeys(secrets, key);
  }

  get key(): Buffer {
    return this.#key;
  }

  /** Keeps a new key beside the one that is in use. Throws Explained where the keychain does not take it. */
  async begin(): Promise<Buffer> {
    this.#next = randomBytes(32);
    await this.#secrets.set(NEXT_KEY, this.#next.toString('hex'));
    return this.#next;
  }

  /** The file is under the new key: the old one goes. */
  async promote(): Promise<void> {
    if (!this.#next) return;
    this.#key = this.#next;
    this.#next = null;
    await this.#secrets.set(KEY, this.#key.toString('hex'));
    await this.#secrets.delete(NEXT_KEY);
  }

  /** The file is still under the old key: the new one goes. */
  async drop(): Promise<void> {
    this.#next = null;
    await this.#secrets.delete(NEXT_KEY);
  }

  /** A file that neither opens is damaged, and either may be the one that it was written with: both stay. */
  async #settle(file: string, next: Buffer): Promise<void> {
    if (existsSync(file) && opensWith(file, this.#key)) await this.drop();
    else if (!existsSync(file) || opensWith(file, next)) {
      this.#next = next;
      await this.promote();
    }
  }
}
