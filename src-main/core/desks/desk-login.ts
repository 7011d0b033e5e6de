import { passwordIn, randomPassword, withPassword } from '../central/own-password.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../security/secrets.ts';
import type { Login } from '../sync/login.ts';

/** Where a desk's URL is kept: by its name among the secrets, with the password that it is changing to beside it. */
export interface KeptLogin {
  name: string;
  /** As it is kept, with the port that central has now. */
  url: string;
  /** A URL that somebody gave at the start and that differs: tried where the kept one is refused. */
  given?: string;
}

/** What the secrets call the password that a desk is changing to. */
export const NEXT_PASSWORD = 'central-password-next';

/**
 * This desk's login, which may be changed while it runs. Before central is told of a new password it is kept beside the
 * old one, and the old one goes when a connection with the new one stood: at every moment between, one of the two that
 * are kept leads in.
 */
export class DeskLogin implements Login {
  readonly #secrets: Secrets;
  readonly #log: Log;
  readonly #name: string;
  #url: string;
  #next: string | null;
  #given: string | undefined;
  #settled: ((changed: boolean) => void) | undefined;

  private constructor(secrets: Secrets, log: Log, { name, url, given }: KeptLogin, next: string | null) {
    this.#secrets = secrets;
    this.#log = log;
    this.#name = name;
    this.#url = url;
    this.#given = given;
    this.#next = next === null ? null : withPassword(url, next);
  }

  static async open(secrets: Secrets, log: Log, kept: KeptLogin): Promise<DeskLogin> {
    const next = await secrets.get(NEXT_PASSWORD);
    // Killed between the last two steps of a change: it was done.
    if (next === null || next !== passwordIn(kept.url)) return new DeskLogin(secrets, log, kept, next);
    await secrets.delete(NEXT_PASSWORD);
    return new DeskLogin(secrets, log, kept, null);
  }

  get urls(): readonly [string, ...string[]] {
    const others = [this.#next, this.#given ?? null].filter((url) => url !== null);
    return [this.#url, ...others];
  }

  get next(): string | null {
    return this.#next;
  }

  /**
   * Begins a change, or goes on with the one that was cut off; the engine brings it to its end. `settled` tells whether
   * there then is a new password. Throws Explained where the keychain does not take it.
   */
  async begin(): Promise<{ settled: Promise<boolean> }> {
    if (this.#next === null) {
      const password = randomPassword();
      await this.#secrets.set(NEXT_PASSWORD, password);
      this.#next = withPassword(this.#url, password);
    }
    const settled = new Promise<boolean>((resolve) => {
      this.#settled = resolve;
    });
    return { settled };
  }

  async worked(url: string): Promise<void> {
    if (url === this.#url) return;
    const changed = url === this.#next;
    this.#url = url;
    this.#given = undefined;
    if (changed) this.#next = null;
    await this.#keep(async () => {
      await this.#secrets.set(this.#name, url);
      if (changed) await this.#secrets.delete(NEXT_PASSWORD);
    });
    if (changed) this.#settle(true);
  }

  async giveUp(): Promise<void> {
    this.#next = null;
    await this.#keep(() => this.#secrets.delete(NEXT_PASSWORD));
    this.#settle(false);
  }

  #settle(changed: boolean): void {
    this.#settled?.(changed);
    this.#settled = undefined;
  }

  /** What the keychain does not take now is found out again at the next start, which tries both passwords. */
  async #keep(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch {
      this.#log.error('the keychain did not take the new login; the next start tries both');
    }
  }
}
