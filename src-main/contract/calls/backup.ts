import { z } from 'zod';
import { Backups, NewPassphrase, Passphrase } from '../backup.ts';
import { call } from '../call.ts';
import { UnsentFile, UnsentHere, UnsentTaken, UnsentWritten } from '../unsent.ts';

const folder = z.string().trim().min(1).max(1000).describe('An absolute path on the computer of this desk.');
const file = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .describe('An absolute path on the computer of this desk; of a folder, its newest file of unsent changes.');

/** Copies of the database, and what a desk that cannot send has waiting. */
export const backupCalls = {
  backups: call({
    summary: 'The backups of the database, and the one under way.',
    input: z.object({}),
    output: Backups,
    right: 'desks.manage',
    errors: ['needs_central'],
  }),
  startBackup: call({
    summary:
      'Begins to back up the database of this computer into a file of a folder, encrypted for a passphrase, and to restore it for a try. `backups` tells how far it is.',
    input: z.object({ folder, passphrase: NewPassphrase }),
    output: z.object({}),
    right: 'desks.manage',
    errors: ['no_database_here', 'backup_under_way', 'folder_unusable', 'disk_full'],
  }),
  unsentHere: call({
    summary: 'What this desk has that central has not: waiting changes, and the undecided ones of the inbox.',
    input: z.object({}),
    output: UnsentHere,
    right: 'desk',
    errors: [],
  }),
  exportUnsent: call({
    summary:
      'Writes them into a file of a folder, encrypted for a passphrase, so that another desk of the clinic can send them. They stay here too: central takes each once.',
    input: z.object({ folder, passphrase: NewPassphrase }),
    output: UnsentWritten,
    right: 'desk',
    errors: ['folder_unusable', 'disk_full'],
  }),
  readUnsent: call({
    summary: 'What a file of unsent changes holds.',
    input: z.object({ file, passphrase: Passphrase }),
    output: UnsentFile,
    right: 'desk',
    errors: ['file_unreadable', 'wrong_passphrase', 'another_clinic'],
  }),
  importUnsent: call({
    summary:
      'Takes the changes of such a file into the outbox of this desk, by their ids and with the proof of who did them; what is known here is passed over.',
    input: z.object({ file, passphrase: Passphrase }),
    output: UnsentTaken,
    right: 'desk',
    errors: ['file_unreadable', 'wrong_passphrase', 'another_clinic', 'disk_full'],
  }),
  unsentTaken: call({
    summary: 'What became of the changes that were last taken from a file; null where none were.',
    input: z.object({}),
    output: UnsentTaken.nullable(),
    right: 'desk',
    errors: [],
  }),
};
