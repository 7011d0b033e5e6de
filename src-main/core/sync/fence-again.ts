import { z } from 'zod';
import { ask } from '../central/ask.ts';
import type { CentralConnection } from '../central/connect.ts';
import type { Store } from '../replica/connection.ts';

/** Long enough for what waits to be sent. */
const FOR_MS = 30_000;
const Taken = z.object({ fence: z.int() });

/**
 * Central that lost its last commits has lost the leases too, and would refuse what runs wrote under them, and with it what
 * people did on top. So this desk takes those leases anew, and offers it under the numbers that it gets now. A source that
 * another desk runs at this moment, or that is switched off, is left as it is. Answers the new fences by source.
 */
export const takeLeasesAgain = async (
  central: CentralConnection,
  store: Store,
): Promise<ReadonlyMap<string, string>> => {
  const sources = store
    .statement(
      `select distinct substr(fence, 1, instr(fence, '/') - 1)
       from (select fence from outbox union select fence from acknowledged) where fence is not null`,
    )
    .pluck()
    .all() as string[];
  const fences = new Map<string, string>();
  for (const source of sources) {
    const taken = await ask(central, { name: 'take_lease', args: { source, forMs: FOR_MS } });
    if (taken.ok) fences.set(source, `${source}/${Taken.parse(taken.value).fence}`);
  }
  return fences;
};

/** Gives what waits in the outbox the new fences. Inside the caller's transaction. */
export const fenceAgain = (store: Store, fences: ReadonlyMap<string, string>): void => {
  const renew = store.statement(
    `update outbox set fence = ? where fence like ? || '/%' and state = 'waiting'`,
  );
  for (const [source, fence] of fences) renew.run(fence, source);
};
