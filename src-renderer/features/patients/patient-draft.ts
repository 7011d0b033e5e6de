import { type Patient, PatientInput } from '../../../src-main/contract/patient.ts';
import { parseDay, typedDay } from '../../ui/patient/parse-day.ts';
import type { TypedPatient } from '../../ui/patient/typed.ts';

/** The text fields of a patient, in the order of the form. */
export const textFields = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'dateOfBirth',
  'gender',
  'address',
  'city',
  'emergencyContact',
  'notes',
  'species',
  'breed',
] as const;
export type TextField = (typeof textFields)[number];

/** A patient as it is being typed: nothing is changed or lost before it is saved. */
export type PatientDraft = Record<TextField, string> & { owner: { id: string; name: string } | null };

export const emptyDraft: PatientDraft = {
  firstName: '',
  lastName: '',
  phone: '',
  email: '',
  dateOfBirth: '',
  gender: '',
  address: '',
  city: '',
  emergencyContact: '',
  notes: '',
  species: '',
  breed: '',
  owner: null,
};

export const isEmpty = (draft: PatientDraft): boolean =>
  draft.owner === null && textFields.every((field) => draft[field].trim() === '');

/** A draft from what a search held. */
export const draftOfTyped = (typed: TypedPatient): PatientDraft => ({
  ...emptyDraft,
  ...typed,
  dateOfBirth: typedDay(typed.dateOfBirth),
});

/** A draft from a record, to change it. */
export const draftOf = (patient: Patient): PatientDraft => ({
  firstName: patient.firstName,
  lastName: patient.lastName,
  phone: patient.phone ?? '',
  email: patient.email ?? '',
  dateOfBirth: typedDay(patient.dateOfBirth),
  gender: patient.gender ?? '',
  address: patient.address ?? '',
  city: patient.city ?? '',
  emergencyContact: patient.emergencyContact ?? '',
  notes: patient.notes ?? '',
  species: patient.species ?? '',
  breed: patient.breed ?? '',
  owner: patient.owner && { id: patient.owner.id, name: patient.owner.name },
});

/** What is wrong with a field; a key of the texts `patients.wrong`. */
export type Wrong =
  | 'firstName'
  | 'lastName'
  | 'phoneNeeded'
  | 'phone'
  | 'email'
  | 'emailInUse'
  | 'dateOfBirth'
  | 'tooLong';
export type Wrongs = Partial<Record<TextField, Wrong>>;

/** What the draft says in the contract's words, as far as it can be read. `today` is an ISO day. */
const inputOf = (draft: PatientDraft, today: string): Record<TextField | 'ownerId', string | null> => {
  const orNull = (text: string): string | null => text.trim() || null;
  return {
    firstName: draft.firstName.trim(),
    lastName: draft.lastName.trim(),
    phone: orNull(draft.phone),
    email: orNull(draft.email),
    dateOfBirth: parseDay(draft.dateOfBirth, today),
    gender: orNull(draft.gender),
    address: orNull(draft.address),
    city: orNull(draft.city),
    emergencyContact: orNull(draft.emergencyContact),
    notes: orNull(draft.notes),
    species: orNull(draft.species),
    breed: orNull(draft.breed),
    ownerId: draft.owner?.id ?? null,
  };
};

const wrongOf = (field: string, draft: PatientDraft): Wrong => {
  switch (field) {
    case 'firstName':
    case 'lastName':
      return draft[field].trim() === '' ? field : 'tooLong';
    case 'phone':
    case 'email':
      return field;
    default:
      return 'tooLong';
  }
};

/** The draft as a call takes it, or what is wrong with which field. `today` is an ISO day. */
export const readDraft = (
  draft: PatientDraft,
  today: string,
): { input: PatientInput; wrongs: null } | { input: null; wrongs: Wrongs } => {
  const parsed = PatientInput.safeParse(inputOf(draft, today));
  const wrongs: Wrongs = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0]) as TextField;
    wrongs[field] ??= wrongOf(field, draft);
  }
  if (draft.dateOfBirth.trim() !== '' && parseDay(draft.dateOfBirth, today) === null) {
    wrongs.dateOfBirth = 'dateOfBirth';
  }
  const reachable = [draft.phone, draft.email].some((text) => text.trim() !== '') || draft.owner !== null;
  if (!reachable) wrongs.phone = 'phoneNeeded';
  if (parsed.success && Object.keys(wrongs).length === 0) return { input: parsed.data, wrongs: null };
  return { input: null, wrongs };
};

/** Only what can be read of a half-typed draft, to look for likely duplicates. Null when that is no name and no number. */
export const readableParts = (draft: PatientDraft, today: string): Partial<PatientInput> | null => {
  const parts: Record<string, unknown> = {};
  const input = inputOf(draft, today);
  for (const key of ['firstName', 'lastName', 'phone', 'email', 'dateOfBirth'] as const) {
    const value = PatientInput.shape[key].safeParse(input[key]);
    if (value.success && value.data) parts[key] = value.data;
  }
  const named = draft.firstName.trim().length >= 2 && draft.lastName.trim().length >= 2;
  return named || parts['phone'] || parts['email'] ? (parts as Partial<PatientInput>) : null;
};

/** The fields of `input` in which it differs from the record. */
export const changesOf = (patient: Patient, input: PatientInput): Partial<PatientInput> => {
  const before: Record<string, unknown> = { ...patient, ownerId: patient.owner?.id ?? null };
  return Object.fromEntries(
    Object.entries(input).filter(([key, value]) => (before[key] ?? null) !== (value ?? null)),
  );
};
