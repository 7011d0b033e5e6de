import { v7 as newId } from 'uuid';
import type { ChangeRow } from '../../../src-main/contract/change.ts';
import { Replica } from '../../../src-main/core/replica/open.ts';
import { unanswered } from '../../../src-main/core/replica/outbox.ts';
import { choose } from '../choices.ts';
import { openOffline } from '../desk.ts';
import type { SyncedReplica } from '../setting.ts';

/** A change as a command wrote it, before it has its place in a desk's stream. */
export interface Work {
  changeId: string;
  kind: string;
  at: string;
  rows: ChangeRow[];
}

const kinds: ReadonlySet<string> = new Set(['book', 'reschedule', 'cancel', 'checkIn']);

/**
 * What receptionists of a clinic do about so many visits, as the desk's own commands write it in a replica: book, move, every
 * second time cancel; and check in whom today expects. One list for each visit, so that any desk can do any of them.
 */
export const makeWork = async (replica: SyncedReplica, visits: number): Promise<Work[][]> => {
  const { choices, expected } = choose(replica, visits);
  const desk = await openOffline(replica);
  for (const [n, { slotId, otherSlotId, patientId }] of choices.entries()) {
    // A refusal (a buffer or a shared room in the way) makes one visit fewer.
    const booked = await desk.try('book', { slotId, patientId, durationMinutes: 5 });
    if (booked.ok) {
      const { id } = booked.value as { id: string };
      await desk.try('reschedule', { appointmentId: id, slotId: otherSlotId });
      if (n % 2 === 0) await desk.try('cancel', { appointmentId: id, reason: 'Bench' });
    }
    const today = expected[n];
    if (today) await desk.try('checkIn', { appointmentId: today, contactConfirmed: true });
  }
  await desk.close();
  return byVisit(replica);
};

const byVisit = ({ file, key }: { file: string; key: Buffer }): Work[][] => {
  const replica = new Replica({ file, key, newId });
  const visits = new Map<string, Work[]>();
  for (const { changeId, kind, at, rows } of unanswered(replica)) {
    const visit = rows.find(({ table }) => table === 'appointments')?.id;
    if (!kinds.has(kind) || visit === undefined) continue;
    const list = visits.get(visit) ?? [];
    list.push({ changeId, kind, at, rows });
    visits.set(visit, list);
  }
  replica.close();
  return [...visits.values()];
};
