import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { rights } from '../../src-main/contract/calls.ts';
import type { Desk, Session } from '../../src-main/core/desk.ts';
import type { Nonce } from '../../src-main/core/replica/nonce.ts';
import { Replica } from '../../src-main/core/replica/open.ts';

/** A folder that is removed at the end. */
export const temporaryFolder = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'anteroom-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** A desk with a replica of its own and no connection, at a clock that the test sets. */
export interface LoneDesk extends Desk {
  /** Sets the clock, ISO 8601 UTC. */
  setNow(iso: string): void;
  dispose(): void;
}

/** Makes a desk whose replica lies in a temporary folder; its clock stands at `now`. */
export const loneDesk = (now?: string): LoneDesk => {
  const folder = temporaryFolder();
  const desk = deskOnFile(join(folder.path, 'replica.db'), randomBytes(32), now);
  return {
    ...desk,
    dispose: () => {
      desk.dispose();
      folder.remove();
    },
  };
};

/** Makes a desk on a file that outlives it. */
export const deskOnFile = (file: string, key: Buffer, now = '2026-11-24T07:00:00.000Z'): LoneDesk => {
  const replica = new Replica({ file, key, newId });
  let clock = now;
  return {
    replica,
    now: () => clock,
    newId: () => newId(),
    setNow: (iso) => {
      clock = iso;
    },
    dispose: () => replica.close(),
  };
};

/** A session that may do everything. */
export const anyone: Session = { userId: null, rights: new Set(rights) };

/** What is kept outside a replica's file, for a test. */
export const memoryNonce = (): Nonce => {
  let kept: string | null = null;
  return {
    read: async () => kept,
    write: async (nonce) => {
      kept = nonce;
    },
  };
};
