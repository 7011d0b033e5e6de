import type { OwnSecrets, SecretChange } from '../../contract/desks.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk } from '../desk.ts';
import type { DeskKeys } from '../desk-keys.ts';
import { Explained } from '../explained.ts';
import type { Log } from '../log.ts';
import { forgetFormerKeys } from '../replica/former-keys.ts';
import { rekey } from '../replica/rekey.ts';
import { isAnySetAside } from '../replica/set-aside.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Engine } from '../sync/engine.ts';
import type { DeskLogin } from './desk-login.ts';
import type { ReplicaKeys } from './replica-keys.ts';
import { noteSecretAge, readSecretAges } from './secret-ages.ts';

export interface OwnSecretsOptions {
  keys: ReplicaKeys;
  login: DeskLogin;
  engine: Engine;
  store: FileStore;
  log: Log;
  /** The thread's program in a bundle. */
  rekeyWorker?: URL;
}

type Secret = 'key' | 'password';

/** Changes this desk's key and password while it runs, and tells the screens how that goes. */
export class ChangingSecrets implements DeskKeys {
  readonly #desk: Desk;
  readonly #options: OwnSecretsOptions;
  readonly #state: Record<Secret, SecretChange['state']> = { key: 'idle', password: 'idle' };
  #running: Promise<unknown> = Promise.resolve();

  constructor(desk: Desk, options: OwnSecretsOptions) {
    this.#desk = desk;
    this.#options = options;
  }

  state(): OwnSecrets {
    const { key, password } = readSecretAges(this.#desk.replica);
    return {
      insecure: this.#desk.insecureKeyFile ?? false,
      key: { state: this.#state.key, changedAt: key },
      password: { state: this.#state.password, changedAt: password },
    };
  }

  async changeKey(): Promise<Result<OwnSecrets>> {
    if (this.#state.key === 'running') return ok(this.state());
    return this.#begin('key', async () => {
      const { keys } = this.#options;
      const key = await keys.begin();
      return () => this.#encryptAnew(key);
    });
  }

  async changePassword(): Promise<Result<OwnSecrets>> {
    const { engine, login } = this.#options;
    if (this.#state.password === 'running') return ok(this.state());
    if (!engine.online) return refuse('needs_central');
    return this.#begin('password', async () => {
      const { settled } = await login.begin();
      engine.wake();
      return () => settled;
    });
  }

  /** Waits for a change of the key that is under way: the file must not be closed beneath it. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Writes the stored files anew that are under a former key, and lets go of the former keys that nothing needs. */
  async tidy(): Promise<void> {
    const { store, log } = this.#options;
    try {
      await store.renew();
      if (!isAnySetAside(this.#desk.replica.file)) forgetFormerKeys(this.#desk.replica);
    } catch (fault) {
      log.error('stored files were not written anew', { fault: nameOf(fault) });
    }
  }

  /** Begins with what may be refused; the rest goes on after the answer. */
  async #begin(secret: Secret, start: () => Promise<() => Promise<boolean>>): Promise<Result<OwnSecrets>> {
    this.#note(secret, 'running');
    try {
      const rest = await start();
      const done = this.#finish(secret, rest);
      if (secret === 'key') this.#running = done;
      return ok(this.state());
    } catch (fault) {
      this.#note(secret, 'failed');
      if (fault instanceof Explained) return refuse('no_keychain', { reason: fault.message });
      throw fault;
    }
  }

  async #finish(secret: Secret, rest: () => Promise<boolean>): Promise<void> {
    try {
      const changed = await rest();
      if (changed) noteSecretAge(this.#desk.replica, secret, this.#desk.now());
      this.#note(secret, changed ? 'done' : 'failed');
    } catch (fault) {
      this.#options.log.error('a secret of this desk was not changed', { secret, fault: nameOf(fault) });
      this.#note(secret, 'failed');
    }
  }

  async #encryptAnew(key: Buffer): Promise<boolean> {
    const { keys, engine, store, log, rekeyWorker } = this.#options;
    try {
      await engine.exclusively(() => rekey(this.#desk.replica, key, rekeyWorker));
    } catch (fault) {
      log.error('the replica was not encrypted anew', { fault: nameOf(fault) });
      await keys.drop();
      return false;
    }
    store.changeKey(key);
    await this.#promote();
    await this.tidy();
    return true;
  }

  /** A keychain that does not answer now has both keys, and the next start finds out which one opens the file. */
  async #promote(): Promise<void> {
    try {
      await this.#options.keys.promote();
    } catch {
      this.#options.log.error('the keychain did not take the new key alone; the next start tries both');
    }
  }

  #note(secret: Secret, state: SecretChange['state']): void {
    this.#state[secret] = state;
    this.#desk.replica.announce(new Set(['desk_settings']));
  }
}

/** A fault by its class; its message may name a path or more. */
const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : typeof fault);
