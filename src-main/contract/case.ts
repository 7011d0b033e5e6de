import { z } from 'zod';
import { DischargeCallStatus } from './call-lists.ts';
import { Bilingual, Id, Instant } from './values.ts';

/** What became of one consultation, as the outside system has it, and the call that followed it. */
export const Case = z.object({
  id: Id,
  patientId: Id.nullable(),
  status: z.enum(['draft', 'ongoing', 'completed', 'reviewed']),
  reason: z.string().nullable(),
  consultedAt: Instant.nullable(),
  /** Of the appointment, where it is here. */
  doctorName: Bilingual.nullable(),
  clinicalNotes: z.string().nullable(),
  dischargeSummary: z.string().nullable(),
  /** Since when it is no longer in the outside system. */
  goneAt: Instant.nullable(),
  call: z
    .object({ id: Id, status: DischargeCallStatus, dueAt: Instant, notes: z.string().nullable() })
    .nullable(),
});
export type Case = z.infer<typeof Case>;
