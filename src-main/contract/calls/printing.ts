import { z } from 'zod';
import { call } from '../call.ts';
import { DaySheetFiles, Printable, PrintJob, Sheet } from '../printing.ts';
import { Id } from '../values.ts';

/** Paper. */
export const printingCalls = {
  printData: call({
    summary: 'What a sheet says. Also needs the right to read what stands on it.',
    input: z.object({ job: PrintJob }),
    output: Sheet,
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  printable: call({
    summary: 'What can be printed of an appointment, or of a patient.',
    input: z.object({ appointmentId: Id.optional(), patientId: Id.optional() }),
    output: Printable,
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  daySheetFiles: call({
    summary: 'Whether this desk keeps the day sheet as a PDF on its disk, where, and how the last time went.',
    input: z.object({}),
    output: DaySheetFiles,
    right: 'desk',
    errors: [],
  }),
  keepDaySheetFiles: call({
    summary: 'Says whether, where and how often this desk keeps the day sheet as a PDF on its disk.',
    input: z.object({
      on: z.boolean(),
      /** An absolute path; left out, a folder beside this desk's data. */
      folder: z.string().trim().min(1).max(1000).optional(),
      everyMinutes: z.int().min(1).max(60).default(5),
      language: z.enum(['en', 'el']).default('en'),
    }),
    output: DaySheetFiles,
    right: 'desk',
    errors: ['folder_unusable', 'disk_full'],
  }),
};
