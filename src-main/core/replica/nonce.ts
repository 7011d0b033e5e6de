import type { Replica } from './open.ts';
import { countWaiting } from './outbox.ts';
import { startStream } from './stream.ts';
import { tellTrouble } from './troubles.ts';

/** A place outside the replica's file for one short text: the keychain, or a file of its own. */
export interface Nonce {
  read(): Promise<string | null>;
  write(nonce: string): Promise<void>;
}

/**
 * Finds out whether the file was restored or copied since it was last open here: it then lacks the nonce that
 * was written outside at its last opening. Such a file starts a new stream, and that is told. Leaves a new nonce in both
 * places.
 */
export const checkNonce = async (
  replica: Replica,
  nonce: Nonce,
  { newId, now }: { newId(): string; now(): string },
): Promise<void> => {
  const outside = (await nonce.read())?.split(' ') ?? [];
  const inside = replica.statement('select nonce from desk_state').pluck().get() as string | null;
  const isCopy = inside !== null && !outside.includes(inside);
  const fresh = newId();
  // Whichever of the two a kill leaves in the file is known outside then, and no alarm.
  if (!isCopy) await nonce.write(inside === null ? fresh : `${inside} ${fresh}`);
  replica.db
    .transaction(() => {
      if (isCopy) startStream(replica, newId());
      replica.statement('update desk_state set nonce = ?').run(fresh);
    })
    .immediate();
  if (isCopy) tellTrouble(replica, { code: 'copy_found', at: now(), waiting: countWaiting(replica) });
  await nonce.write(fresh);
};
