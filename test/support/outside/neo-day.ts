import { Temporal } from 'temporal-polyfill';
import { englishName } from '../../../src-main/core/sample/names.ts';
import { type Random, random } from '../../../src-main/core/sample/random.ts';

/** An entry of Neo's calendar, in Neo's words (integrations.md). */
export interface RawEntry {
  id: number;
  appointment_id: number | null;
  consultation_id: number | null;
  /** By the practice's clock: `2026-11-24 16:00:00`. */
  start: string;
  end: string;
  patient_id: number | null;
  patient_name: string | null;
  client_id: number | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone_number: string | null;
  provider: string | null;
  resourceId: number | null;
  title: string | null;
  type_description: string | null;
  reason: string | null;
  current_status: string | null;
  status_label: string | null;
  is_block: boolean;
  is_roster: boolean;
}

/** What `/consultations/{id}/page-data` says, in Neo's words. */
export interface PageData {
  consultation: {
    id: number;
    reason: string | null;
    notes: string | null;
    dischargeSummary: string | null;
    date: string | null;
    status: string;
  };
  patient: {
    id: number;
    name: string | null;
    species?: string | null;
    breed?: string | null;
    dateOfBirth?: string | null;
  } | null;
  client: {
    id: number;
    firstName: string | null;
    lastName: string | null;
    email: string | null;
    phoneNumber: string | null;
  } | null;
  consultationNotes: { notes: string | null };
  consultationLines: { id: number; productService: string; quantity: number; isDeclined: boolean }[];
}

export interface NeoDay {
  entries: RawEntry[];
  consultations: PageData[];
}

/** A vet of the practice, as a column of the calendar. */
export interface NeoProvider {
  id: number;
  name: string;
}

const MINUTE = 60_000;

interface Animal {
  name: string;
  species: string;
  breed: string;
  dateOfBirth: string;
}

const animals: readonly Animal[] = [
  { name: 'Luna', species: 'Canine', breed: 'Labrador Retriever', dateOfBirth: '2019-04-30' },
  { name: 'Milo', species: 'Feline', breed: 'Domestic Shorthair', dateOfBirth: '2021-08-11' },
  { name: 'Bella', species: 'Canine', breed: 'Cocker Spaniel', dateOfBirth: '2016-02-03' },
  { name: 'Oscar', species: 'Feline', breed: 'Maine Coon', dateOfBirth: '2018-10-21' },
  { name: 'Daisy', species: 'Lagomorph', breed: 'Mini Lop', dateOfBirth: '2023-05-02' },
  { name: 'Rex', species: 'Canine', breed: 'German Shepherd', dateOfBirth: '2014-12-19' },
  { name: 'Coco', species: 'Avian', breed: 'Cockatiel', dateOfBirth: '2020-07-07' },
  { name: 'Simba', species: 'Feline', breed: 'Bengal', dateOfBirth: '2022-03-15' },
];

interface Visit {
  type: string;
  reason: string;
  minutes: number;
  notes: string;
  summary: string;
}

const visits: readonly Visit[] = [
  {
    type: 'Vaccination',
    reason: 'Yearly booster',
    minutes: 20,
    notes: 'BAR, TPR normal, heart and lungs clear. Booster given, left shoulder.',
    summary: 'Vaccinated today. A little sleepiness until tomorrow is normal. Next booster in a year.',
  },
  {
    type: 'Dental',
    reason: 'Scale and polish',
    minutes: 45,
    notes: 'GA uneventful. Scaled and polished, two premolars extracted, meloxicam SC.',
    summary:
      'Two teeth were taken out. Soft food for five days, one dose of meloxicam each evening with food.',
  },
  {
    type: 'Consultation',
    reason: 'Lame on the right hind leg',
    minutes: 30,
    notes: 'Grade 2 lameness, stifle stable, mild effusion. NSAID trial for a week.',
    summary:
      'Rest on the lead only for a week, one tablet each morning with food. Come back if it gets worse.',
  },
  {
    type: 'Consultation',
    reason: 'Vomiting since yesterday',
    minutes: 30,
    notes: 'Mild dehydration, abdomen soft. Maropitant SC, bland diet.',
    summary: 'Small meals of boiled chicken and rice for three days. Call us if the vomiting comes back.',
  },
  {
    type: 'Recheck',
    reason: 'Wound check',
    minutes: 15,
    notes: 'Wound clean and dry, sutures out.',
    summary: 'The wound has healed. The collar can come off tonight.',
  },
];

const farewell: Visit = {
  type: 'Euthanasia',
  reason: 'Euthanasia',
  minutes: 45,
  notes: 'Owner present, consent signed. Sedation, pentobarbital IV, passed away peacefully.',
  summary: 'Euthanasia. Ashes to be collected in two weeks.',
};

/**
 * A made-up veterinary day, always the same for the same arguments: about thirty appointments over `today` for the
 * `providers` and some of the day before, a lunch block and a roster for each. What is over by `now` is finished, with
 * notes, a discharge summary and a phone; among it one no-show and one euthanasia; what is on is in progress.
 * @param now epoch milliseconds; @param zone the practice's.
 */
export const demoDay = (zone: string, now: number, providers: readonly NeoProvider[]): NeoDay => {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const day: NeoDay = { entries: [], consultations: [] };
  const add = (entry: Omit<RawEntry, 'id'>): RawEntry => {
    const added = { id: 900_001 + day.entries.length, ...entry };
    day.entries.push(added);
    return added;
  };
  let number = 0;
  for (const [date, from, until] of [
    [today.subtract({ days: 1 }), 15, 18],
    [today, 9, 18],
  ] as const) {
    for (const [column, provider] of providers.entries()) {
      const clock = (minutes: number) => date.toPlainDateTime({ hour: 0 }).add({ minutes });
      add({ ...nobody, ...times(clock(from * 60), clock(until * 60)), ...who(provider), is_roster: true });
      if (date.equals(today))
        add({
          ...nobody,
          ...times(clock(13 * 60), clock(14 * 60)),
          ...who(provider),
          title: 'Lunch',
          is_block: true,
        });
      let at = from * 60 + column * 10;
      while (at < until * 60 - 45) {
        number += 1;
        const source = random(20, column, number);
        const visit = number === 3 ? farewell : source.pick(visits);
        if (date.equals(today) && at < 14 * 60 && at + visit.minutes > 13 * 60) {
          at = 14 * 60;
          continue;
        }
        const [start, end] = [clock(at), clock(at + visit.minutes)];
        addVisit(day, add, {
          number,
          source,
          visit,
          provider,
          start,
          end,
          state: stateAt(start, end, zone, now, number),
        });
        at += visit.minutes + source.pick([0, 10, 15, 25]);
      }
    }
  }
  return day;
};

type State = 'over' | 'no_show' | 'on' | 'ahead';

const stateAt = (
  start: Temporal.PlainDateTime,
  end: Temporal.PlainDateTime,
  zone: string,
  now: number,
  number: number,
): State => {
  if (end.toZonedDateTime(zone).epochMilliseconds <= now) return number === 4 ? 'no_show' : 'over';
  return start.toZonedDateTime(zone).epochMilliseconds <= now - 5 * MINUTE ? 'on' : 'ahead';
};

const labels = { over: 'Finalized', no_show: 'No Show', on: 'In Progress', ahead: 'not arrived' } as const;

interface Planned {
  number: number;
  source: Random;
  visit: Visit;
  provider: NeoProvider;
  start: Temporal.PlainDateTime;
  end: Temporal.PlainDateTime;
  state: State;
}

const addVisit = (day: NeoDay, add: (entry: Omit<RawEntry, 'id'>) => RawEntry, planned: Planned): void => {
  const { number, source, visit, provider, start, end, state } = planned;
  const animal = source.pick(animals);
  const owner = englishName(source, source.pick(['male', 'female']));
  const isOpened = state === 'over' || state === 'on';
  const entry = add({
    ...nobody,
    ...times(start, end),
    ...who(provider),
    appointment_id: 40_000 + number,
    consultation_id: isOpened ? 90_000 + number : null,
    patient_id: 7_000 + number,
    patient_name: animal.name,
    client_id: 3_000 + number,
    first_name: owner.first,
    last_name: owner.last,
    email: `client${number}@example.com`,
    phone_number: `+1 555 01${String(number % 100).padStart(2, '0')}`,
    title: `${animal.name} (${owner.last})`,
    type_description: visit.type,
    reason: visit.reason,
    current_status: labels[state].toLowerCase().replaceAll(' ', '_'),
    status_label: labels[state],
  });
  if (isOpened) day.consultations.push(pageOf(entry, planned, animal));
};

const pageOf = (entry: RawEntry, { number, visit, state }: Planned, animal: Animal): PageData => {
  const isOver = state === 'over';
  return {
    consultation: {
      id: 90_000 + number,
      reason: visit.reason,
      notes: null,
      dischargeSummary: isOver ? visit.summary : null,
      date: entry.start,
      status: labels[state],
    },
    patient: { id: 7_000 + number, ...animal },
    client: {
      id: 3_000 + number,
      firstName: entry.first_name,
      lastName: entry.last_name,
      email: entry.email,
      phoneNumber: entry.phone_number,
    },
    consultationNotes: { notes: isOver ? visit.notes : null },
    consultationLines: [{ id: 200_000 + number, productService: visit.type, quantity: 1, isDeclined: false }],
  };
};

const times = (start: Temporal.PlainDateTime, end: Temporal.PlainDateTime) => ({
  start: start.toString({ smallestUnit: 'second' }).replace('T', ' '),
  end: end.toString({ smallestUnit: 'second' }).replace('T', ' '),
});

const who = ({ id, name }: NeoProvider) => ({ provider: name, resourceId: id });

/** An entry that stands for nobody's visit. */
const nobody = {
  appointment_id: null,
  consultation_id: null,
  patient_id: null,
  patient_name: null,
  client_id: null,
  first_name: null,
  last_name: null,
  email: null,
  phone_number: null,
  title: null,
  type_description: null,
  reason: null,
  current_status: null,
  status_label: null,
  is_block: false,
  is_roster: false,
};
