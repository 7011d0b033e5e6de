import type { Result } from './errors.ts';
import type { OutsideSource, RunProgress } from './integrations.ts';
import type { SyncState } from './sync.ts';

/** Raised when a call or an event changes so that an older screen would misread it. 1: the first. */
export const PROTOCOL_VERSION = 1;

/** A call on a transport that carries many (a message port). Over HTTP the name stands in the path. */
export interface Request {
  version: number;
  id: number;
  call: string;
  input: unknown;
}

export interface Reply {
  id: number;
  result: Result<unknown>;
}

/**
 * What the core tells every screen. No rows travel: who shows a named table reads again. `doorChanged`: somebody came, went
 * or was locked out at this seat, or others may sign in now; ask for the door again.
 */
export type DeskEvent =
  | { event: 'tablesChanged'; tables: string[] }
  | { event: 'doorChanged' }
  | { event: 'syncState'; state: SyncState }
  | { event: 'integrationProgress'; source: OutsideSource; running: RunProgress | null };
