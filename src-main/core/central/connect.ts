import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { CentralTrouble, TrustFault } from '../../contract/sync.ts';
import { fullVerification, isLoopback, loopbackSocket, trustFault, trustMessages } from './trust.ts';

/**
 * Why there is no connection. `refused_login`: central is there and does not take this role or password. `untrusted`: it
 * could not prove who it is, and was told neither role nor password.
 */
export type ConnectCode = 'unreachable' | 'refused_login' | 'untrusted' | 'bad_url';

/** The message is for a terminal; it may name the host, and so is not for a log. */
export interface ConnectError {
  code: ConnectCode;
  message: string;
  /** Of `untrusted`. */
  trust: TrustFault | null;
}

export type Connected = { ok: true; value: CentralConnection } | { ok: false; error: ConnectError };

export interface ConnectOptions {
  /** Shown in `pg_stat_activity`: which desk, or which command, this is. */
  application: string;
  /** No statement runs longer, in milliseconds; 0 sets no limit, for migrations and bulk loads. */
  statementTimeoutMs?: number;
  /** Gives up connecting. */
  signal?: AbortSignal;
}

const connectTimeoutMs = 10_000;
const defaultStatementTimeoutMs = 30_000;
/** Beyond the server's own limit: an answer that is later than this is not coming. */
const silenceMs = 5_000;

/**
 * A connection to central. Once a query has gone unanswered for longer than the server would let it run, the
 * socket is destroyed: the answer that may still come belongs to no later query.
 */
export class CentralConnection {
  /** For COPY and notifications; ordinary statements go through `query`. */
  readonly client: pg.Client;
  /** Each transaction may run on another backend: nothing that a session keeps is there for the next one. */
  readonly pooled: boolean;
  readonly #limitMs: number;
  #closed = false;

  constructor(client: pg.Client, statementTimeoutMs: number, pooled = false) {
    this.client = client;
    this.pooled = pooled;
    this.#limitMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + silenceMs;
    client.on('end', () => {
      this.#closed = true;
    });
    // Reported by the query that was under way, or by `closed` before the next one.
    client.on('error', () => {
      this.#closed = true;
    });
  }

  /** Whether the connection is of no more use. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Rows of one statement; with a `name` it is prepared once and kept, where the session is ours. Rejects with what
   * `pg` gives: `pg.DatabaseError` carries the SQLSTATE.
   */
  async query<R extends pg.QueryResultRow>(sql: string, values: unknown[] = [], name?: string): Promise<R[]> {
    const timer = this.#limitMs > 0 ? setTimeout(() => this.destroy(), this.#limitMs) : undefined;
    try {
      const prepared = name && !this.pooled ? { name } : {};
      return (await this.client.query<R>({ text: sql, values, ...prepared })).rows;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs `work` between BEGIN and COMMIT, or rolls back what it did if it throws. */
  async transaction<T>(work: () => Promise<T>, begin = 'begin'): Promise<T> {
    await this.query(begin);
    try {
      const value = await work();
      await this.query('commit');
      return value;
    } catch (fault) {
      if (!this.#closed) await this.query('rollback').catch(() => this.close());
      throw fault;
    }
  }

  /** Cuts the connection at once and without a word; what is under way rejects. */
  destroy(): void {
    this.#closed = true;
    this.client.connection.stream.destroy();
  }

  /** Says goodbye, or destroys the socket where a query is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.client.end();
  }
}

/** Connects to central by a desk's or the owner's URL. TLS with full verification for all but loopback. */
export const connectCentral = async (url: string, options: ConnectOptions): Promise<Connected> => {
  const timeout = options.statementTimeoutMs ?? defaultStatementTimeoutMs;
  const config = clientConfig(url, options.application, timeout);
  if (!config) return { ok: false, error: { code: 'bad_url', message: badUrl, trust: null } };
  const connection = new CentralConnection(new pg.Client(config), timeout, isPooled(new URL(url)));
  const giveUp = () => connection.destroy();
  options.signal?.addEventListener('abort', giveUp);
  try {
    options.signal?.throwIfAborted();
    await connection.client.connect();
    return { ok: true, value: connection };
  } catch (fault) {
    connection.destroy();
    return { ok: false, error: explain(fault) };
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
};

/** Whether the URL says that a pooler lies before central which gives each transaction any backend. */
const isPooled = (url: URL): boolean => url.searchParams.get('pool') === 'transaction';

const badUrl =
  'This is no postgresql:// URL with host, user and password, or its sslrootcert cannot be read.';

/** How a client is made for a URL; null where the text is no Postgres URL. Weaker `sslmode` words are not heeded. */
export const clientConfig = (
  text: string,
  application: string,
  statementTimeoutMs: number,
): pg.ClientConfig | null => {
  try {
    return readUrl(new URL(text), application, statementTimeoutMs);
  } catch {
    return null;
  }
};

const readUrl = (url: URL, application: string, statementTimeoutMs: number): pg.ClientConfig | null => {
  if (!/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || !url.username) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const authority = url.searchParams.get('sslrootcert');
  return {
    host,
    port: url.port ? Number(url.port) : 5432,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
    application_name: application,
    connectionTimeoutMillis: connectTimeoutMs,
    ...(isPooled(url) ? {} : sessionSettings(statementTimeoutMs)),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(isLoopback(host)
      ? { ssl: false, stream: () => loopbackSocket(host) }
      : { ssl: fullVerification(authority === null ? null : readFileSync(authority, 'utf8')) }),
  };
};

/** Postgres's codes for a disk without room, and for a server that only reads. */
const savesNothing: Readonly<Record<string, CentralTrouble>> = {
  '53100': 'central_full',
  '25006': 'central_read_only',
};

/** Why central saved nothing of what a statement wrote; null where the fault is another one. */
export const centralTrouble = (fault: unknown): CentralTrouble | null =>
  fault instanceof pg.DatabaseError ? (savesNothing[fault.code ?? ''] ?? null) : null;

/** Asked for with the connection; a pooler would refuse them, since its backends serve others too. */
const sessionSettings = (statementTimeoutMs: number): pg.ClientConfig => ({
  statement_timeout: statementTimeoutMs,
  idle_in_transaction_session_timeout: statementTimeoutMs,
  // Planning the pull's statement anew took three times as long as running it, and its plan is always the same.
  options: '-c plan_cache_mode=force_generic_plan',
});

const explain = (fault: unknown): ConnectError => {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  // The name `localhost` stands for two addresses; when both fail, the error has a code and no message.
  const reason = (fault instanceof Error && fault.message) || code;
  // pgbouncer refuses a password by a code that is about its protocol.
  const refused = code === '08P01' && reason.includes('authentication failed');
  if (refused || code.startsWith('28') || code === '3D000') {
    return { code: 'refused_login', message: `Central does not let this login in: ${reason}.`, trust: null };
  }
  const trust = trustFault(code, reason);
  if (trust) {
    const message = `Central could not prove who it is, so nothing was sent: ${trustMessages[trust]}.`;
    return { code: 'untrusted', message, trust };
  }
  return { code: 'unreachable', message: `Central does not answer: ${reason}.`, trust: null };
};
