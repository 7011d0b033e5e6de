import { z } from 'zod';
import { Id } from '../../../contract/values.ts';
import type { OutsideSecrets } from '../../desk.ts';

/** What names a login and the key of its sealed copy; no secret. */
const Ref = z.object({
  /** The id of central's row: another one with each save. */
  credentialId: Id,
  /** A UUIDv7, so it says when the key was made. */
  keyId: Id,
  /** The server that it was typed for; it goes to no other. */
  server: z.string(),
});
export type Ref = z.infer<typeof Ref>;

/** What this desk holds of an account: the login that stands, and the one that is to stand once central has it. */
const Held = z.object({ now: Ref.nullable(), next: Ref.nullable() });
export type Held = z.infer<typeof Held>;

const Index = z.record(Id, Held);

/** A login as somebody typed it. */
const Login = z.object({ username: z.string(), password: z.string(), companyId: z.string().nullable() });
export type Login = z.infer<typeof Login>;

/** More than this Windows does not keep under one name. */
const MOST_BYTES = 2_560;

const INDEX = 'idexx-held';
const loginName = ({ credentialId }: Ref): string => `idexx-login-${credentialId}`;
const keyName = ({ keyId }: Ref): string => `idexx-key-${keyId}`;

/** Whether a login is short enough for every keychain. */
export const fits = (login: Login): boolean => Buffer.byteLength(JSON.stringify(login)) <= MOST_BYTES;

/**
 * The logins of IDEXX Neo in this desk's keychain. Its index names every secret before it is there and until it is gone, and
 * is written in one piece: whatever is cut, `settle` ends it once central says what stands. Throws Explained where the
 * keychain does not answer.
 */
export class HeldLogins {
  readonly #secrets: OutsideSecrets;

  constructor(secrets: OutsideSecrets) {
    this.#secrets = secrets;
  }

  /** What is held, by account. */
  async index(): Promise<Record<string, Held>> {
    const text = await this.#secrets.get(INDEX);
    return text === null ? {} : Index.parse(JSON.parse(text));
  }

  async login(ref: Ref): Promise<Login | null> {
    const text = await this.#secrets.get(loginName(ref));
    return text === null ? null : Login.parse(JSON.parse(text));
  }

  key(ref: Ref): Promise<string | null> {
    return this.#secrets.get(keyName(ref));
  }

  /** Puts a login beside the one that stands. False where there is no room for another account. */
  async begin(userId: string, next: Ref, login: Login, key: string): Promise<boolean> {
    const index = await this.index();
    const now = index[userId]?.now ?? null;
    const fresh = { ...index, [userId]: { now, next } };
    if (Buffer.byteLength(JSON.stringify(fresh)) > MOST_BYTES) return false;
    await this.#writeIndex(fresh);
    if (next.credentialId !== now?.credentialId)
      await this.#secrets.set(loginName(next), JSON.stringify(login));
    await this.#secrets.set(keyName(next), key);
    return true;
  }

  /**
   * Keeps of an account what central says stands, and lets go of the rest: `standing` has the key of each login that
   * does, by its id.
   */
  async settle(userId: string, standing: Readonly<Record<string, string>>): Promise<void> {
    const index = await this.index();
    const held = index[userId];
    if (!held) return;
    const refs = [held.next, held.now].filter((ref) => ref !== null);
    const stays = refs.find(({ credentialId }) => Object.hasOwn(standing, credentialId));
    const keyId = stays && standing[stays.credentialId];
    if (held.next === null && stays && stays.keyId === keyId) return;
    for (const ref of refs) {
      if (ref.keyId !== keyId) await this.#secrets.delete(keyName(ref));
      if (ref.credentialId !== stays?.credentialId) await this.#secrets.delete(loginName(ref));
    }
    const { [userId]: _was, ...others } = index;
    const kept = stays && keyId !== undefined ? { now: { ...stays, keyId }, next: null } : null;
    await this.#writeIndex(kept ? { ...others, [userId]: kept } : others);
  }

  /** Lets go of all of them. */
  async forget(): Promise<void> {
    for (const userId of Object.keys(await this.index())) await this.settle(userId, {});
  }

  async #writeIndex(index: Record<string, Held>): Promise<void> {
    if (Object.keys(index).length === 0) await this.#secrets.delete(INDEX);
    else await this.#secrets.set(INDEX, JSON.stringify(index));
  }
}
