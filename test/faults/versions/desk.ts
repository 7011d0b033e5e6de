import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { SyncState } from '../../../src-main/contract/sync.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { Connection } from '../../../src-main/core/replica/connection.ts';
import { readDeskState } from '../../../src-main/core/replica/desk-state.ts';
import { openReplica } from '../../../src-main/core/replica/open.ts';
import { withClient } from '../../support/central.ts';
import { memoryNonce, temporaryFolder } from '../../support/desk.ts';
import { differences } from '../../support/same-rows.ts';
import { until } from '../../support/until.ts';
import type { AnyFrontDesk, AnyResult, Program } from './earlier.ts';

/** One PC, whose program may be another one at each start; the replica, its key and the nonce stay. */
export class SkewDesk {
  readonly url: string;
  readonly #folder = temporaryFolder();
  readonly #key = randomBytes(32);
  readonly #nonce = memoryNonce();
  #open: AnyFrontDesk | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /** Starts a program, after the end of the one before. */
  async start(program: Program): Promise<void> {
    await this.stop();
    const opened = await program.openFrontDesk({
      file: this.#file,
      key: this.#key,
      centralUrl: this.url,
      nonce: this.#nonce,
      log: noLog,
      pollMs: 300,
      now: () => '2026-11-24T07:00:00.000Z',
    });
    if (!opened.ok) throw new Error(opened.error.code);
    this.#open = opened.value;
  }

  async stop(): Promise<void> {
    await this.#open?.close();
    this.#open = undefined;
  }

  async dispose(): Promise<void> {
    await this.stop();
    this.#folder.remove();
  }

  call(name: string, input: unknown = {}): Promise<AnyResult> {
    if (!this.#open) throw new Error('the desk is off');
    return this.#open.dispatch(name, input, this.#open.session);
  }

  /** The answer of a call that must not be refused. */
  async told<T>(name: string, input: unknown = {}): Promise<T> {
    const answer = await this.call(name, input);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.value as T;
  }

  state(): Promise<SyncState> {
    return this.told<SyncState>('syncState');
  }

  /** Waits until the state is one that `test` takes. */
  async says(what: string, test: (state: SyncState) => boolean): Promise<void> {
    await until(`the desk says ${what}`, async () => test(await this.state()));
  }

  /** Waits until nothing waits for central, and the replica holds the commit that central has then. */
  async quiet(): Promise<void> {
    await this.says('that it is online', ({ phase, waiting }) => phase === 'online' && waiting === 0);
    const seq = await withClient(this.url, async (client) => {
      const { rows } = await client.query<{ seq: string }>(`select head()->>'seq' as seq`);
      return Number(rows[0]?.seq);
    });
    await until('the desk has caught up', () => this.#cursor() >= seq);
  }

  /** How far it has read, whatever program is at it. */
  #cursor(): number {
    const beside = new Connection(this.#file, this.#key);
    try {
      return readDeskState(beside).cursor;
    } finally {
      beside.close();
    }
  }

  async offline(): Promise<void> {
    await this.told('workOffline', { offline: true });
  }

  async online(): Promise<void> {
    await this.told('workOffline', { offline: false });
  }

  /** Ends the program; answers what its replica, which the program of now has brought to its tables, has otherwise than central. */
  async differences(): Promise<string[]> {
    await this.stop();
    const opened = openReplica({ file: this.#file, key: this.#key, newId: () => '' });
    if (!opened.ok) throw new Error(opened.fault);
    try {
      return await differences(this.url, opened.replica);
    } finally {
      opened.replica.close();
    }
  }

  get #file(): string {
    return join(this.#folder.path, 'replica.db');
  }
}
