/**
 * What the audit says of things that are no change of a row. `openPatient`, `openThread`, `openPrescription`: somebody
 * looked at a patient's record; `print`, `export`: it went onto paper or into a file; `readAudit`: the audit itself was
 * read; `signInFailed`, `switchFailed`: a wrong password, code or PIN.
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
  'lock',
  'unlock',
  'signOut',
] as const satisfies readonly string[];
export type EventAction = (typeof eventActions)[number];
