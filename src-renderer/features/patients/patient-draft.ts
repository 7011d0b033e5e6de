import {
  OwnerInput,
  type Patient,
  type PatientBrief,
  PatientInput,
} from '../../../src-main/contract/patient.ts';
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

/** The text fields of an owner who is registered with an animal. */
export const ownerFields = ['firstName', 'lastName', 'phone', 'email', 'address', 'city'] as const;
export type OwnerField = (typeof ownerFields)[number];
export type OwnerDraft = Record<OwnerField, string>;

/** Somebody who has a record and owns the animal. */
export interface Owner {
  id: string;
  name: string;
  /** The animal bears it too. */
  lastName: string;
}

/** A patient as it is being typed: nothing is changed or lost before it is saved. */
export type PatientDraft = Record<TextField, string> & {
  kind: 'person' | 'animal';
  owner: Owner | null;
  /** An owner who is new too; null as long as one is looked for. */
  newOwner: OwnerDraft | null;
};

export const emptyOwner: OwnerDraft = {
  firstName: '',
  lastName: '',
  phone: '',
  email: '',
  address: '',
  city: '',
};

/** An empty draft; in a veterinary clinic most of those who come are animals. */
export const emptyDraft = (kind: PatientDraft['kind']): PatientDraft => ({
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
  kind,
  owner: null,
  newOwner: null,
});

export const isEmpty = (draft: PatientDraft): boolean =>
  draft.owner === null && draft.newOwner === null && textFields.every((field) => draft[field].trim() === '');

/** The owner that a found record stands for: the person, or the owner of the animal. */
export const ownerOf = ({ id, firstName, lastName, owner }: PatientBrief): Owner => ({
  id: owner?.id ?? id,
  name: owner?.name ?? `${firstName} ${lastName}`.trim(),
  lastName,
});

/** A draft from what a search held. An animal is called by its name alone, and the number is its owner's. */
export const draftOfTyped = (typed: TypedPatient, kind: PatientDraft['kind']): PatientDraft => {
  const draft = { ...emptyDraft(kind), dateOfBirth: typedDay(typed.dateOfBirth) };
  if (kind === 'person') return { ...draft, ...typed, dateOfBirth: draft.dateOfBirth };
  return {
    ...draft,
    firstName: `${typed.firstName} ${typed.lastName}`.trim(),
    newOwner: typed.phone ? { ...emptyOwner, phone: typed.phone } : null,
  };
};

/** An owner who is new, from what was typed to find one. */
export const newOwnerOfTyped = ({ firstName, lastName, phone }: TypedPatient): OwnerDraft => ({
  ...emptyOwner,
  firstName,
  lastName,
  phone,
});

/** Whether a record is of an animal. */
export const isAnimal = ({ species, owner }: Pick<Patient, 'species' | 'owner'>): boolean =>
  species !== null || owner !== null;

/** A draft from a record, to change it. */
export const draftOf = (patient: Patient): PatientDraft => ({
  kind: isAnimal(patient) ? 'animal' : 'person',
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
  owner: patient.owner && { id: patient.owner.id, name: patient.owner.name, lastName: patient.lastName },
  newOwner: null,
});

/** What is wrong with a field; a key of the texts `patients.wrong`. */
export type Wrong =
  | 'firstName'
  | 'lastName'
  | 'animalName'
  | 'ownerNeeded'
  | 'phoneNeeded'
  | 'phone'
  | 'email'
  | 'emailInUse'
  | 'dateOfBirth'
  | 'tooLong';
export type WrongField = TextField | `owner.${OwnerField}` | 'owner';
export type Wrongs = Partial<Record<WrongField, Wrong>>;

/** What the draft says in the contract's words, as far as it can be read. `today` is an ISO day. */
const inputOf = (draft: PatientDraft, today: string): Record<TextField | 'ownerId', string | null> => {
  const orNull = (text: string): string | null => text.trim() || null;
  const familyName = draft.newOwner?.lastName ?? draft.owner?.lastName ?? draft.lastName;
  return {
    firstName: draft.firstName.trim(),
    lastName: (draft.kind === 'animal' ? familyName : draft.lastName).trim(),
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

const ownerInputOf = (owner: OwnerDraft): Record<OwnerField, string | null> => ({
  firstName: owner.firstName.trim(),
  lastName: owner.lastName.trim(),
  phone: owner.phone.trim() || null,
  email: owner.email.trim() || null,
  address: owner.address.trim() || null,
  city: owner.city.trim() || null,
});

const wrongOf = (field: string, text: string | undefined): Wrong => {
  switch (field) {
    case 'firstName':
    case 'lastName':
      return text?.trim() === '' ? field : 'tooLong';
    case 'phone':
    case 'email':
      return field;
    default:
      return 'tooLong';
  }
};

type Read = { input: PatientInput & { owner?: OwnerInput }; wrongs: null } | { input: null; wrongs: Wrongs };

/** What belongs to the other kind was typed before the kind was changed, and does not count. */
const ofItsKind = (draft: PatientDraft): PatientDraft =>
  draft.kind === 'animal' ? draft : { ...draft, species: '', breed: '', owner: null, newOwner: null };

/** The draft as a call takes it, or what is wrong with which field. `today` is an ISO day. */
export const readDraft = (typed: PatientDraft, today: string): Read => {
  const draft = ofItsKind(typed);
  const parsed = PatientInput.safeParse(inputOf(draft, today));
  const owner = draft.newOwner && OwnerInput.safeParse(ownerInputOf(draft.newOwner));
  const wrongs: Wrongs = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0]) as TextField;
    // An animal's family name is its owner's, and is asked for there.
    if (draft.kind === 'animal' && field === 'lastName') continue;
    wrongs[field] ??= wrongOf(field, draft[field]);
  }
  for (const issue of owner?.error?.issues ?? []) {
    const field = String(issue.path[0]) as OwnerField;
    wrongs[`owner.${field}`] ??= wrongOf(field, draft.newOwner?.[field]);
  }
  if (draft.dateOfBirth.trim() !== '' && parseDay(draft.dateOfBirth, today) === null) {
    wrongs.dateOfBirth = 'dateOfBirth';
  }
  addMissing(draft, wrongs);
  return Object.keys(wrongs).length === 0 && parsed.data
    ? { input: { ...parsed.data, ...(owner?.data ? { owner: owner.data } : {}) }, wrongs: null }
    : { input: null, wrongs };
};

/** Everybody can be reached, an animal by its owner. */
const addMissing = (draft: PatientDraft, wrongs: Wrongs): void => {
  const reachable = ({ phone, email }: Pick<OwnerDraft, 'phone' | 'email'>): boolean =>
    phone.trim() !== '' || email.trim() !== '';
  if (draft.kind === 'person') {
    if (!reachable(draft)) wrongs.phone = 'phoneNeeded';
    return;
  }
  if (wrongs.firstName === 'firstName') wrongs.firstName = 'animalName';
  if (!draft.newOwner && !draft.owner) wrongs.owner = 'ownerNeeded';
  if (draft.newOwner && !reachable(draft.newOwner)) wrongs['owner.phone'] = 'phoneNeeded';
};

/**
 * Only what can be read of a half-typed draft, to look for likely duplicates: of the patient, or of an owner who is typed
 * as a new one. Null when that is no name and no number.
 */
export const readableParts = (typed: PatientDraft, today: string): Partial<PatientInput> | null => {
  const draft = ofItsKind(typed);
  const source = draft.newOwner ?? { ...draft, lastName: draft.owner?.lastName ?? draft.lastName };
  const dateOfBirth = draft.newOwner ? null : parseDay(draft.dateOfBirth, today);
  const input = { ...ownerInputOf(source), dateOfBirth };
  const parts: Partial<PatientInput> = {};
  for (const key of ['firstName', 'lastName', 'phone', 'email', 'dateOfBirth'] as const) {
    const value = PatientInput.shape[key].safeParse(input[key]);
    if (value.success && value.data) Object.assign(parts, { [key]: value.data });
  }
  if (draft.owner) parts.ownerId = draft.owner.id;
  const named = source.firstName.trim().length >= 2 && source.lastName.trim().length >= 2;
  return named || parts.phone || parts.email ? parts : null;
};

/** The fields of `input` in which it differs from the record. */
export const changesOf = (patient: Patient, input: PatientInput): Partial<PatientInput> => {
  const before: Record<string, unknown> = { ...patient, ownerId: patient.owner?.id ?? null };
  return Object.fromEntries(
    Object.entries(input).filter(([key, value]) => (before[key] ?? null) !== (value ?? null)),
  );
};
