/** The columns of Anteroom that say something to a person, in the order in which they are shown. */
export const columns = [
  'firstName',
  'lastName',
  'name',
  'nameEn',
  'displayName',
  'species',
  'email',
  'phone',
  'dateOfBirth',
  'specialization',
  'scheduledAt',
  'startTimeUtc',
  'endsAt',
  'endTimeUtc',
  'status',
  'role',
  'reason',
  'amountCents',
  'method',
  'medication',
  'text',
  'city',
  'address',
  'notes',
  'dischargeSummary',
  'dueAt',
] as const;
export type Column = (typeof columns)[number];

/** What rows of a source become here. */
const targets = [
  'specialties',
  'clinic_locations',
  'doctors',
  'patients',
  'doctor_time_slots',
  'appointments',
  'payments',
  'prescriptions',
  'messages',
  'cases',
  'scheduled_discharge_calls',
  'accounts',
  'idexx_history',
] as const;

/** A table of Anteroom as a key of `imports.target`; null for what is left out whole. */
export const targetOf = (becomes: string | null): (typeof targets)[number] | null =>
  targets.find((one) => one === becomes) ?? null;
