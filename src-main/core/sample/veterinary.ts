import type { InferInsertModel } from 'drizzle-orm';
import type { patients } from '../schema/central/index.ts';
import { random } from './random.ts';
import { DAY, iso, type SampleSizes, streams } from './sizes.ts';
import type { SpecialtyPlan, VisitPlan } from './staff.ts';

/** What vets do there: as many specialties as doctors have in the other sample. */
export const vetSpecialties: readonly SpecialtyPlan[] = [
  ['small-animals', 'Small animals', 'Ζώα συντροφιάς', 'Check-up', 'Γενική εξέταση', 30, 4500],
  ['heart', 'Cardiology', 'Καρδιολογία', 'Heart ultrasound', 'Υπερηχογράφημα καρδιάς', 45, 9000],
  ['skin', 'Dermatology', 'Δερματολογία', 'Skin check', 'Εξέταση δέρματος', 20, 5000],
  ['young-animals', 'Puppies and kittens', 'Κουτάβια και γατάκια', 'First months', 'Πρώτοι μήνες', 30, 4000],
  ['orthopaedics', 'Orthopaedics', 'Ορθοπαιδική', 'Cast or splint', 'Γύψος ή νάρθηκας', 40, 8000],
  ['neutering', 'Neutering', 'Στειρώσεις', 'Pre-surgery check', 'Προεγχειρητικός έλεγχος', 30, 5500],
  ['ears', 'Ears and nose', 'Αυτιά και μύτη', 'Ear cleaning', 'Καθαρισμός αυτιών', 25, 3500],
  ['eyes', 'Ophthalmology', 'Οφθαλμολογία', 'Eye examination', 'Οφθαλμολογική εξέταση', 20, 5000],
].map(([slug, en, el, visit, visitEl, minutes, fee]) => ({
  slug: String(slug),
  en: String(en),
  el: String(el),
  visit: {
    en: String(visit),
    el: String(visitEl),
    minutes: Number(minutes),
    bufferAfter: 0,
    fee: Number(fee),
    weight: 22,
  },
}));

/** Visits that every vet has. The last is the three-hour one. */
export const vetVisits: readonly VisitPlan[] = [
  { en: 'Nail clipping', el: 'Κόψιμο νυχιών', minutes: 5, bufferAfter: 0, fee: 1000, weight: 8 },
  { en: 'Consultation', el: 'Επίσκεψη', minutes: 15, bufferAfter: 0, fee: 4000, weight: 36 },
  { en: 'Vaccination', el: 'Εμβολιασμός', minutes: 15, bufferAfter: 0, fee: 3500, weight: 24 },
  { en: 'First visit', el: 'Πρώτη επίσκεψη', minutes: 30, bufferAfter: 0, fee: 5000, weight: 14 },
  { en: 'Results', el: 'Αποτελέσματα', minutes: 10, bufferAfter: 0, fee: 2000, weight: 10 },
  { en: 'Surgery', el: 'Χειρουργείο', minutes: 180, bufferAfter: 0, fee: 32000, weight: 1 },
];

/** Why animals come. */
export const vetReasons = {
  el: ['Κουτσαίνει', 'Δεν τρώει', 'Ετήσιο εμβόλιο', 'Φαγούρα', 'Έλεγχος μετά το χειρουργείο', null, null],
  en: ['Limping', 'Does not eat', 'Yearly vaccination', 'Scratching', 'Check after surgery', null, null],
};

/** Of three numbers in a row the first is an owner and the others are that owner's animals. */
const HOUSEHOLD = 3;
export const ownerNumber = (number: number): number => number - (number % HOUSEHOLD);
export const isOwnerNumber = (number: number): boolean => number % HOUSEHOLD === 0;

const kinds = {
  el: [
    { species: 'Σκύλος', breeds: ['Κόλεϊ', 'Λαμπραντόρ', 'Ημίαιμος'] },
    { species: 'Γάτα', breeds: ['Ευρωπαϊκή', 'Σιάμ'] },
    { species: 'Κουνέλι', breeds: ['Νάνος'] },
  ],
  en: [
    { species: 'Dog', breeds: ['Collie', 'Labrador', 'Crossbreed'] },
    { species: 'Cat', breeds: ['Domestic shorthair', 'Siamese'] },
    { species: 'Rabbit', breeds: ['Dwarf'] },
  ],
};
const names = {
  el: ['Ρεξ', 'Λουλού', 'Μαύρη', 'Μπόμπος', 'Ασπρούλης', 'Φρίντα', 'Ήρα', 'Ζορό', 'Πέπα', 'Κανέλα'],
  en: ['Rex', 'Bella', 'Max', 'Daisy', 'Oscar', 'Luna', 'Alfie', 'Poppy', 'Biscuit', 'Willow'],
};

type Animal = Pick<
  InferInsertModel<typeof patients>,
  'firstName' | 'lastName' | 'species' | 'breed' | 'dateOfBirth' | 'ownerId'
>;

/** What is known of an animal; how to reach it stands with its owner. */
export const animalOf = (
  { seed, now }: SampleSizes,
  number: number,
  language: 'el' | 'en',
  owner: { id: string; lastName: string },
): Animal => {
  const source = random(seed, streams.contact, number, 2);
  const { species, breeds } = source.pick(kinds[language]);
  return {
    firstName: source.pick(names[language]),
    lastName: owner.lastName,
    species,
    breed: source.chance(0.8) ? source.pick(breeds) : null,
    dateOfBirth: source.chance(0.9) ? iso(Date.parse(now) - source.below(14 * 365) * DAY).slice(0, 10) : null,
    ownerId: owner.id,
  };
};
