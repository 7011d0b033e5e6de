import type { Outcome } from '../../contract/change.ts';
import { leavePassed } from '../replica/apply.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { forgetErasedIn } from '../replica/erased.ts';
import type { Replica } from '../replica/open.ts';
import { acknowledge, leaveOutbox, markApplied, unansweredChange } from '../replica/outbox.ts';
import { takeBack, takeRefusal } from './refusal.ts';

/**
 * Takes central's outcomes of one push in one transaction, in order. Outcomes that were taken before are passed
 * over, so that an answer may come twice.
 */
export const takeVerdicts = (replica: Replica, outcomes: readonly Outcome[], now: string): void => {
  const tables = replica.repeatable(() => {
    const changed = new Set<string>(['outbox']);
    for (const outcome of outcomes) {
      for (const table of takeVerdict(replica, outcome, now)) changed.add(table);
      forgetErasedIn(replica, outcome.change_id);
    }
    for (const table of leavePassed(replica, readDeskState(replica).cursor)) changed.add(table);
    return changed;
  });
  replica.announce(tables);
};

const takeVerdict = (replica: Replica, { change_id, outcome, rev, refusal }: Outcome, now: string) => {
  const change = unansweredChange(replica, change_id);
  if (!change) return new Set<string>();
  acknowledge(replica, change_id, outcome, now);
  if (outcome === 'applied' && change.state === 'waiting') {
    markApplied(replica, change.deskSeq, rev);
    return new Set<string>();
  }
  if (outcome === 'refused' && refusal && change.state === 'waiting') {
    return takeRefusal(replica, change, refusal, now);
  }
  // Nothing of it is shown: central's rows come by the next pull, or it is in the inbox already.
  const tables = leaveOutbox(replica, [change.deskSeq]);
  if (outcome === 'applied') for (const table of takeBack(replica, change_id)) tables.add(table);
  return tables;
};
