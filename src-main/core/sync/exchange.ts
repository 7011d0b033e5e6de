import type { CentralConnection } from '../central/connect.ts';
import { notify } from '../central/listen.ts';
import { push } from '../central/push.ts';
import type { Desk } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { countWaiting, nextBatch } from '../replica/outbox.ts';
import { startStream } from '../replica/stream.ts';
import { tellTrouble } from '../replica/troubles.ts';
import { takeVerdicts } from './verdicts.ts';

/**
 * How sending ended: all answered, or the next change `waits` for another desk to give back the time that it keeps, or
 * central will not take changes, or its history is another one.
 */
export type Sent = 'sent' | 'waits' | 'too_old' | 'disabled' | 'lost_commits';

/**
 * Sends what waits, batch by batch and in order, and takes the verdicts. `answered` is called at each answer.
 * Whatever central answered to a push whose answer was lost, it answers again.
 */
export const sendWaiting = async (
  central: CentralConnection,
  desk: Desk,
  answered: () => void,
): Promise<Sent> => {
  for (;;) {
    const batch = nextBatch(desk.replica);
    const { epoch, incarnation, clinicId } = readDeskState(desk.replica);
    if (batch.length === 0 || epoch === null || clinicId === null) return 'sent';
    const reply = await push(central, { epoch, incarnation }, batch);
    answered();
    switch (reply.status) {
      case 'ok': {
        // Nothing is new where the next change only goes on waiting.
        if (reply.outcomes.length === 0 && reply.waits === 'waits') return 'waits';
        // The others wait for it. Should it be lost, the same changes are sent again and get the same outcomes.
        await notify(central, clinicId);
        takeVerdicts(desk.replica, reply.outcomes, desk.now());
        if (reply.waits) return 'waits';
        break;
      }
      case 'forked': {
        desk.replica.db.transaction(() => startStream(desk.replica, desk.newId())).immediate();
        desk.replica.announce(new Set(['desk_state']));
        const waiting = countWaiting(desk.replica);
        tellTrouble(desk.replica, { code: 'copy_found', at: desk.now(), waiting });
        break;
      }
      case 'gap':
      case 'wrong_epoch':
        return 'lost_commits';
      default:
        return reply.status;
    }
  }
};
