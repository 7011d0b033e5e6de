import { z } from 'zod';
import { Day, Id, Instant } from './values.ts';

/**
 * What the audit says of things that are no change of a row. `openPatient`, `openThread`, `openPrescription`: somebody
 * looked at a patient's record; `print`, `export`: it went onto paper or into a file; `readAudit`: the audit itself was
 * read; `signInFailed`, `switchFailed`, `kioskPinFailed`: a wrong password, code or PIN.
 */
export const eventActions = [
  'openPatient',
  'openThread',
  'openPrescription',
  'print',
  'export',
  'readAudit',
  'signIn',
  'signInFailed',
  'switchPerson',
  'switchFailed',
  'kioskPinFailed',
  'lock',
  'unlock',
  'signOut',
] as const satisfies readonly string[];
export type EventAction = (typeof eventActions)[number];

/**
 * Entries of a kind: records that were opened, what went onto paper or into files, coming and going at desks, what was
 * changed, and what became of the audit itself.
 */
export const AuditKind = z.enum(['openings', 'copies', 'access', 'changes', 'log']);
export type AuditKind = z.infer<typeof AuditKind>;

/** Which entries; what is left out narrows nothing. */
export const AuditFilter = z.object({
  personId: Id.optional(),
  deskId: Id.optional(),
  kind: AuditKind.optional(),
  /** Everything that is about this patient: the record, visits, payments, messages … */
  patientId: Id.optional(),
  /** Days of the clinic's zone on which it was done, both included. */
  from: Day.optional(),
  to: Day.optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

const Named = z.object({ id: Id, name: z.string() });

/** An entry of the audit. */
export const AuditEntry = z.object({
  /** Its place in the clinic's chain. */
  seq: z.int(),
  /** The command, or one of `eventActions`. */
  action: z.string(),
  /** When it was done by the desk's clock, and when central had it. */
  at: Instant,
  arrivedAt: Instant,
  /** Null where nobody was signed in, and where who it was said to be did not sign it. */
  person: Named.nullable(),
  /** Whether the person signed it. */
  proven: z.boolean(),
  /** Null for what central did by itself. */
  desk: Named.nullable(),
  table: z.string().nullable(),
  rowId: Id.nullable(),
  /** Whom it is about. */
  patient: Named.nullable(),
  /** The columns that it set, as they were and as they are since; of an event, what more there is to say. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  /** Something was taken out of it when a person was erased. */
  erased: z.boolean(),
  /** Its hash in the clinic's chain, in hexadecimal. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Part of the audit, newest first. */
export const AuditPage = z.object({
  entries: z.array(AuditEntry),
  /** Where the next part begins; null at the end. */
  next: z.int().nullable(),
  /** Every desk and every member of the staff that there ever was, by name. */
  desks: z.array(Named),
  people: z.array(Named),
});
export type AuditPage = z.infer<typeof AuditPage>;
