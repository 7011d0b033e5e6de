/** What money is read from: read again when one of these changes. */
export const MONEY_TABLES = [
  'payments',
  'cash_ups',
  'appointments',
  'visit_types',
  'patients',
  'patient_merges',
  'outbox',
] as const;
