import type { Change, PushReply } from '../../contract/change.ts';
import type { CentralConnection } from './connect.ts';

/** The version of the push protocol and the central schema that this desk speaks. */
export const CENTRAL_VERSION = 5;

/** Whose changes these are: which history of central the desk has read, and which stream of the desk they belong to. */
export interface Stream {
  epoch: string;
  incarnation: string;
}

/** Sends changes, in order; one round trip. Sent again after a lost answer it gives the same outcomes. */
export const push = async (
  central: CentralConnection,
  stream: Stream,
  changes: readonly Change[],
): Promise<PushReply> => {
  const [row] = await central.query<{ reply: PushReply }>(
    'select push($1, $2, $3, $4) as reply',
    [stream.epoch, stream.incarnation, CENTRAL_VERSION, JSON.stringify(changes)],
    'push',
  );
  if (!row) throw new Error('push gave no row');
  return row.reply;
};
