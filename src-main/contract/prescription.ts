import { z } from 'zod';
import { PatientBrief } from './patient.ts';
import { Bilingual, Id, Instant } from './values.ts';

/** A prescription by appointment. A draft may be written over; once it is issued it stays as it is. */
export const Prescription = z.object({
  id: Id,
  appointmentId: Id,
  doctorId: Id,
  doctorName: Bilingual,
  patient: PatientBrief,
  locationId: Id.nullable(),
  instructions: z.string(),
  status: z.enum(['draft', 'issued']),
  /** For a draft: when it was begun. */
  issuedAt: Instant,
  /** The issued one that this one stands in for. */
  replacesId: Id.nullable(),
  /** The issued one that stands in for this one. */
  replacedById: Id.nullable(),
  /** Saved here and not yet answered by central. */
  provisional: z.boolean(),
});
export type Prescription = z.infer<typeof Prescription>;
