import { z } from 'zod';

/**
 * What Neo's answers must look like (integrations.md). An answer of another shape is an error that names the field and
 * never an empty list. Every field named there must be in the answer, even where it may be null: one that is called
 * otherwise tomorrow would else read as blank, and blank the clinic's notes. Fields that are not named here are passed
 * over, so that what Neo adds changes nothing.
 *
 * What may be null, and why: names, phone, e-mail and texts, where nobody filled them in; the consultation, until the
 * animal was checked in; patient and client, where somebody not yet on file was booked; the provider, where nobody was
 * assigned. Blocks and rosters are about nobody: they have no appointment, patient or status either. Never null: the
 * entry's own id, its times, whether it is a block or a roster, and of an appointment its number and its status, since a
 * visit without them cannot be told from another or placed.
 *
 * What may be missing: all but the id of a patient or a client on a consultation's page, where integrations.md names
 * the two and not their fields.
 */

/** Neo writes its numbers as numbers or as digits; here they are digits. */
const Number_ = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
  .transform((value) => String(value));

/** Text, of which nothing or blanks mean that nobody filled it in. */
const Text = z
  .string()
  .max(100_000)
  .transform((text) => (text.trim() === '' ? null : text))
  .nullable();

/** As `Text`, where the field itself may be missing. */
const TextOrMissing = Text.optional().transform((text) => text ?? null);

const NumberOrNone = Number_.nullable();

const Flag = z
  .union([z.boolean(), z.literal(0), z.literal(1)])
  .transform((value) => value === true || value === 1);

/** By the clinic's clock, with no zone: `2026-11-24 16:00:00`. */
const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/)
  .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success);

/** An entry of the calendar: an appointment, a block or a roster. */
export const NeoAppointment = z
  .object({
    id: Number_,
    appointment_id: NumberOrNone,
    consultation_id: NumberOrNone,
    start: LocalTime,
    end: LocalTime,
    patient_id: NumberOrNone,
    patient_name: Text,
    client_id: NumberOrNone,
    first_name: Text,
    last_name: Text,
    email: Text,
    phone_number: Text,
    provider: Text,
    resourceId: NumberOrNone,
    title: Text,
    type_description: Text,
    reason: Text,
    current_status: Text,
    status_label: Text,
    is_block: Flag,
    is_roster: Flag,
  })
  .superRefine((entry, context) => {
    if (entry.is_block || entry.is_roster) return;
    for (const key of ['appointment_id', 'status_label'] as const)
      if (entry[key] === null)
        context.addIssue({ code: 'custom', path: [key], message: 'an appointment has one' });
  })
  .transform((entry) => ({
    id: entry.id,
    appointmentId: entry.appointment_id,
    consultationId: entry.consultation_id,
    /** By the clinic's clock: `2026-11-24 16:00:00`. Nothing says that the end is later. */
    start: entry.start,
    end: entry.end,
    patientId: entry.patient_id,
    patientName: entry.patient_name,
    clientId: entry.client_id,
    firstName: entry.first_name,
    lastName: entry.last_name,
    email: entry.email,
    phoneNumber: entry.phone_number,
    /** Who it is with, by name. */
    provider: entry.provider,
    /** The number of the provider's column. */
    resourceId: entry.resourceId,
    title: entry.title,
    typeDescription: entry.type_description,
    reason: entry.reason,
    currentStatus: entry.current_status,
    statusLabel: entry.status_label,
    isBlock: entry.is_block,
    isRoster: entry.is_roster,
  }));
export type NeoAppointment = z.infer<typeof NeoAppointment>;

const NeoPatient = z.object({
  id: Number_,
  name: TextOrMissing,
  species: TextOrMissing,
  breed: TextOrMissing,
  /** A day; anything else that Neo says here is no birthday to keep. */
  dateOfBirth: z.iso
    .date()
    .nullish()
    .catch(null)
    .transform((day) => day ?? null),
});

const NeoClient = z.object({
  id: Number_,
  firstName: TextOrMissing,
  lastName: TextOrMissing,
  email: TextOrMissing,
  phoneNumber: TextOrMissing,
});

/** A product or a service of a consultation. */
const NeoLine = z.object({
  id: Number_,
  productService: Text,
  quantity: z.coerce.number().finite(),
  isDeclined: Flag,
});

/** The page of a consultation. */
export const NeoConsultation = z
  .object({
    consultation: z.object({
      id: Number_,
      reason: Text,
      notes: Text,
      dischargeSummary: Text,
      date: z.union([LocalTime, z.iso.date()]).nullable(),
      status: z.string().trim().min(1).max(200),
    }),
    // A consultation without a patient or a client is one of an animal that nobody registered.
    patient: NeoPatient.nullable(),
    client: NeoClient.nullable(),
    // Neo gives no notes at all until somebody wrote some.
    consultationNotes: z.object({ notes: Text }).nullable(),
    consultationLines: z.array(NeoLine),
  })
  .transform(({ consultation, patient, client, consultationNotes, consultationLines }) => ({
    ...consultation,
    patient,
    client,
    /** What the vet wrote of it: `consultationNotes.notes`. */
    clinicalNotes: consultationNotes?.notes ?? null,
    lines: consultationLines,
  }));
export type NeoConsultation = z.infer<typeof NeoConsultation>;

/** The field that a fault of zod is about, as in `appointments[12].start`; never what stands in it. */
export const fieldOf = (fault: z.ZodError, root: string): string => {
  const path = fault.issues[0]?.path ?? [];
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    root,
  );
};
