import type { InferInsertModel } from 'drizzle-orm';
import type { patients } from '../schema/central/index.ts';
import { englishName, greekName, inLatin, type Name, otherName, type Sex } from './names.ts';
import { type Random, random } from './random.ts';
import { DAY, HOUR, iso, type SampleSizes, streams } from './sizes.ts';
import { animalOf, isOwnerNumber, ownerNumber } from './veterinary.ts';

export type PatientRow = Omit<InferInsertModel<typeof patients>, 'rev'>;

/** The clinic's patients, each made from the seed and a number alone; numbers rise with the time of registering. */
export interface SamplePatients {
  count: number;
  id(number: number): string;
  row(number: number): PatientRow;
  registeredAt(number: number): number;
  /** How many were registered by an instant. */
  registeredBy(ms: number): number;
  /** Who is seen when this number comes: an owner brings an animal. */
  seen(number: number): number;
  /** Whether the patient goes to the first location. */
  atFirstLocation(number: number): boolean;
}

/** People whose records a tester looks for: same names, a very long one, little known. */
const known: readonly { name: Name; sex: Sex; born: string; bare?: true }[] = [
  { name: { first: 'Μαρία', last: 'Παπαδοπούλου' }, sex: 'female', born: '1984-03-12' },
  { name: { first: 'Μαρία', last: 'Παπαδοπούλου' }, sex: 'female', born: '1991-11-02' },
  {
    name: { first: 'Αικατερίνη-Αλεξάνδρα', last: 'Παπαχατζηπαναγιωτοπούλου-Καραμολέγκου' },
    sex: 'female',
    born: '1958-07-30',
  },
  { name: { first: 'John', last: 'Smith' }, sex: 'male', born: '1972-01-05' },
  { name: { first: 'Ίων', last: 'Ρω' }, sex: 'male', born: '2001-09-19', bare: true },
  { name: { first: 'Maria', last: 'Papadopoulou' }, sex: 'female', born: '1984-12-03' },
  { name: { first: 'John', last: 'Smith' }, sex: 'male', born: '1998-06-21', bare: true },
];

/** Share of patients who were on the books before the history of appointments begins. */
const ON_THE_BOOKS = 0.4;

/** `historyStart`: about when the oldest appointment is. */
export const makePatients = (sizes: SampleSizes, clinicId: string, historyStart: number): SamplePatients => {
  const now = Date.parse(sizes.now);
  const opened = historyStart - 900 * DAY;
  const early = Math.ceil(sizes.patients * ON_THE_BOOKS);
  const later = Math.max(1, sizes.patients - early);
  const span = now - HOUR - historyStart;
  const registeredAt = (number: number): number =>
    number < early
      ? opened + Math.floor(((number + 1) / (early + 1)) * (historyStart - opened))
      : historyStart + Math.floor(((number - early + 1) / later) * span);
  const source = (number: number) => random(sizes.seed, streams.patient, number);
  const atFirstLocation = (number: number) => number % 5 < 3;
  const id = (number: number) => source(number).uuid(registeredAt(number));
  const person = (number: number) => recordOf(sizes, number, atFirstLocation(number), registeredAt(number));
  const animal = (number: number) => {
    const owner = ownerNumber(number);
    const language = atFirstLocation(owner) ? 'el' : 'en';
    const stamped = iso(registeredAt(number));
    return {
      ...unknown,
      ...animalOf(sizes, number, language, { id: id(owner), lastName: person(owner).lastName }),
      createdAt: stamped,
      updatedAt: stamped,
    };
  };
  const isAnimal = (number: number) => sizes.kind === 'veterinary' && !isOwnerNumber(number);
  return {
    count: sizes.patients,
    id,
    registeredAt,
    atFirstLocation,
    seen: (number) =>
      sizes.kind === 'veterinary' && isOwnerNumber(number) && number + 1 < sizes.patients
        ? number + 1
        : number,
    registeredBy: (ms) =>
      ms < historyStart
        ? early
        : Math.min(sizes.patients, early + Math.floor(((ms - historyStart) / span) * later)),
    row: (number) => ({
      clinicId,
      id: id(number),
      ...(isAnimal(number) ? animal(number) : { ...notAnAnimal, ...person(number) }),
    }),
  };
};

// All rows of a batch set the same columns.
const notAnAnimal = { species: null, breed: null, ownerId: null };
const unknown = {
  email: null,
  phone: null,
  address: null,
  city: null,
  gender: null,
  emergencyContact: null,
  notes: null,
  contactConfirmedAt: null,
};

/** Every eighth number is a child of the adult before it. */
const isChild = (number: number): boolean => number % 8 === 7 || number % 24 === 22;
const guardianOf = (number: number): number => (isChild(number) ? guardianOf(number - 1) : number);

const recordOf = (sizes: SampleSizes, number: number, inAthens: boolean, registeredAt: number) => {
  const source = random(sizes.seed, streams.contact, number);
  const child = sizes.kind === 'human' && isChild(number);
  const guardian = child ? guardianOf(number) : number;
  const home = random(sizes.seed, streams.contact, guardian, 1);
  const family = personOf(home, inAthens, known[guardian]);
  const own = child ? childOf(source, family, inAthens) : family;
  const now = Date.parse(sizes.now);
  const contact = contactOf(home, inAthens);
  const bare = known[number]?.bare ?? source.chance(0.04);
  const confirmed = source.chance(0.85)
    ? Math.max(registeredAt, now - source.below(source.chance(0.5) ? 330 : 1500) * DAY)
    : null;
  const created = iso(registeredAt);
  return {
    firstName: own.name.first,
    lastName: own.name.last,
    email: child || bare || source.chance(0.2) ? null : mailOf(own.name, number),
    phone: bare && source.chance(0.5) ? null : contact.phone,
    address: bare ? null : contact.address,
    city: bare ? null : contact.city,
    dateOfBirth: known[number]?.born ?? (source.chance(0.03) ? null : born(source, child, now)),
    gender: source.chance(0.02) ? ('prefer_not_to_say' as const) : own.sex,
    emergencyContact: child ? `${family.name.first} ${family.name.last}, ${contact.phone}` : null,
    notes: source.chance(0.05) ? source.pick(inAthens ? notes.el : notes.en) : null,
    contactConfirmedAt: confirmed === null || bare ? null : iso(confirmed),
    createdAt: created,
    updatedAt: created,
  };
};

const notes = {
  el: ['Αλλεργία στην πενικιλίνη.', 'Προτιμά πρωινές ώρες.', 'Χρειάζεται ράμπα.', 'Να ειδοποιείται με SMS.'],
  en: ['Allergic to penicillin.', 'Prefers mornings.', 'Needs step-free access.', 'Text rather than call.'],
};

const personOf = (source: Random, inAthens: boolean, named: (typeof known)[number] | undefined) => {
  const sex: Sex = source.chance(0.54) ? 'female' : 'male';
  if (named) return { name: named.name, sex: named.sex };
  const roll = source.below(100);
  if (inAthens ? roll < 88 : roll < 9) return { name: greekName(source, sex), sex };
  if (inAthens ? roll < 92 : roll < 24) return { name: latinName(greekName(source, sex)), sex };
  return { name: inAthens || roll > 78 ? otherName(source, sex) : englishName(source, sex), sex };
};

const latinName = ({ first, last }: Name): Name => ({ first: inLatin(first), last: inLatin(last) });

/** A child has a first name of the same kind as the guardian's and, mostly, the guardian's surname. */
const childOf = (source: Random, guardian: { name: Name; sex: Sex }, inAthens: boolean) => {
  const greek = /\p{Script=Greek}/u.test(guardian.name.last);
  // The surname's form must not change, so the child has the guardian's sex where the name is Greek.
  const sex: Sex = greek || source.chance(0.5) ? guardian.sex : 'female';
  const { first } = greek ? greekName(source, sex) : (inAthens ? otherName : englishName)(source, sex);
  return { name: { first, last: guardian.name.last }, sex };
};

const mailOf = ({ first, last }: Name, number: number): string => {
  const plain = (text: string) =>
    inLatin(text)
      .toLowerCase()
      .replace(/[^a-z]+/g, '');
  return `${plain(first) || 'p'}.${plain(last) || 'p'}.${number}@example.com`;
};

const born = (source: Random, child: boolean, now: number): string => {
  const years = child ? source.below(17) : 18 + Math.min(source.below(80), source.below(110));
  return iso(now - Math.floor((years + 0.1) * 365.25 + source.below(364)) * DAY).slice(0, 10);
};

const contactOf = (source: Random, inAthens: boolean) => {
  const number = source.between(1, 199);
  return inAthens
    ? { phone: greekPhone(source), address: `${source.pick(athensStreets)} ${number}`, city: 'Αθήνα' }
    : { phone: ukPhone(source), address: `${number} ${source.pick(londonStreets)}`, city: 'London' };
};

const athensStreets = ['Οδός Δοκιμής', 'Οδός Παραδείγματος', 'Λεωφόρος Υποδείγματος', 'Πλατεία Δείγματος'];
const londonStreets = [
  'Example Road',
  'Sample Street',
  'Specimen Gardens',
  'Test Terrace',
  'Placeholder Lane',
];

const digits = (source: Random, count: number): string =>
  String(source.below(10 ** count)).padStart(count, '0');

/** Greek in shape; the zero after the area or network code keeps it out of the numbers people have. */
const greekPhone = (source: Random): string => {
  const [mobile, three, four] = [source.chance(0.75), digits(source, 3), digits(source, 4)];
  const national = mobile ? `690 0${three.slice(0, 2)} ${four}` : `210 0${three.slice(0, 2)} ${four}`;
  return source.chance(0.6) ? `+30 ${national}` : national.replaceAll(' ', '');
};

/** From the ranges that Ofcom keeps for drama. */
const ukPhone = (source: Random): string => {
  const area = source.pick(['20 7946 0', '113 496 0', '117 496 0', '121 496 0', '131 496 0', '161 496 0']);
  const national = source.chance(0.6) ? `7700 900${digits(source, 3)}` : `${area}${digits(source, 3)}`;
  return source.chance(0.5) ? `+44 ${national}` : `0${national}`;
};
