import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import { Conflict, ConflictChoice, SyncState, toldTroubles } from '../sync.ts';
import { Id, Instant } from '../values.ts';

/** The sync, and what central refused. */
export const syncCalls = {
  conflicts: call({
    summary: 'What central refused and nobody has decided.',
    input: z.object({}),
    output: z.array(Conflict),
    right: 'schedule.read',
    errors: [],
  }),
  resolveConflict: call({
    summary: 'Decides a conflict; keep_mine and next_free write a new change.',
    input: z.object({ changeId: Id, choice: ConflictChoice, slotId: Id.optional() }),
    output: z.object({ appointment: Appointment.nullable() }),
    right: 'schedule.write',
    errors: [
      'not_found',
      'already_resolved',
      'not_resolvable',
      'slot_taken',
      'slot_blocked',
      'slot_kept',
      'does_not_fit',
      'disk_full',
    ],
  }),
  syncState: call({
    summary: 'The state of the sync.',
    input: z.object({}),
    output: SyncState,
    right: 'desk',
    errors: [],
  }),
  dismissTrouble: call({
    summary: 'Somebody has read what happened to this desk; it is not told any more.',
    input: z.object({ code: z.enum(toldTroubles), at: Instant }),
    output: SyncState,
    right: 'desk',
    errors: ['disk_full', 'disk_read_only', 'disk_failing'],
  }),
  workOffline: call({
    summary: 'Cuts this desk off on purpose, or lets it connect again.',
    input: z.object({ offline: z.boolean() }),
    output: SyncState,
    right: 'desk',
    errors: [],
  }),
};
