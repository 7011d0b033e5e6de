import type { CentralConnection } from '../central/connect.ts';
import { tellEvents } from '../central/events.ts';
import type { Log } from '../log.ts';
import { forgetEvents, waitingEvents } from '../replica/audit-events.ts';
import type { Replica } from '../replica/open.ts';

/** Few enough that a change which comes meanwhile waits some milliseconds and not more. */
const batchCount = 100;

/**
 * Sends the oldest events that wait for central's audit; answers whether more may wait. What central does not take stays and
 * is sent again later: it holds up nothing else.
 */
export const sendEvents = async (
  central: CentralConnection,
  replica: Replica,
  log: Log,
): Promise<boolean> => {
  const events = waitingEvents(replica, batchCount);
  if (events.length === 0) return false;
  const told = await tellEvents(central, events);
  if (!told.ok) {
    log.error('events for the audit not taken', { reason: told.reason });
    return false;
  }
  forgetEvents(
    replica,
    events.map(({ id }) => id),
  );
  return events.length === batchCount;
};
