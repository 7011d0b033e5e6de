import type { Replica } from './open.ts';
import { startStream } from './stream.ts';

/** A place outside the replica's file for one short text: the keychain, or a file of its own. */
export interface Nonce {
  read(): Promise<string | null>;
  write(nonce: string): Promise<void>;
}

/**
 * Finds out whether the file was restored or copied since it was last open here: it then lacks the nonce that
 * was written outside at its last opening. Such a file starts a new stream. Leaves a new nonce in both places.
 */
export const checkNonce = async (replica: Replica, nonce: Nonce, newId: () => string): Promise<void> => {
  const outside = await nonce.read();
  const inside = replica.statement('select nonce from desk_state').pluck().get() as string | null;
  const fresh = newId();
  replica.db
    .transaction(() => {
      if (inside !== null && inside !== outside) startStream(replica, newId());
      replica.statement('update desk_state set nonce = ?').run(fresh);
    })
    .immediate();
  await nonce.write(fresh);
};
