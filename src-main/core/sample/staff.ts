import type { Name } from './names.ts';

/** A specialty of the sample clinic, and the visit that only it has. */
export interface SpecialtyPlan {
  slug: string;
  en: string;
  el: string;
  visit: VisitPlan;
}

/** A visit type: minutes, buffer after it in minutes, fee in cents, and how often it is booked. */
export interface VisitPlan {
  en: string;
  el: string;
  minutes: number;
  bufferAfter: number;
  fee: number;
  weight: number;
}

export const specialties: readonly SpecialtyPlan[] = [
  {
    slug: 'general-practice',
    en: 'General practice',
    el: 'Γενική ιατρική',
    visit: { en: 'Check-up', el: 'Προληπτικός έλεγχος', minutes: 30, bufferAfter: 0, fee: 6000, weight: 20 },
  },
  {
    slug: 'cardiology',
    en: 'Cardiology',
    el: 'Καρδιολογία',
    visit: {
      en: 'Echocardiogram',
      el: 'Υπερηχογράφημα καρδιάς',
      minutes: 45,
      bufferAfter: 0,
      fee: 12000,
      weight: 22,
    },
  },
  {
    slug: 'dermatology',
    en: 'Dermatology',
    el: 'Δερματολογία',
    visit: { en: 'Mole check', el: 'Έλεγχος σπίλων', minutes: 20, bufferAfter: 0, fee: 7000, weight: 30 },
  },
  {
    slug: 'paediatrics',
    en: 'Paediatrics',
    el: 'Παιδιατρική',
    visit: {
      en: 'Well-child visit',
      el: 'Παρακολούθηση ανάπτυξης',
      minutes: 30,
      bufferAfter: 0,
      fee: 5500,
      weight: 30,
    },
  },
  {
    slug: 'orthopaedics',
    en: 'Orthopaedics',
    el: 'Ορθοπαιδική',
    visit: {
      en: 'Cast or splint',
      el: 'Γύψος ή νάρθηκας',
      minutes: 40,
      bufferAfter: 10,
      fee: 9000,
      weight: 14,
    },
  },
  {
    slug: 'gynaecology',
    en: 'Gynaecology',
    el: 'Γυναικολογία',
    visit: { en: 'Ultrasound', el: 'Υπερηχογράφημα', minutes: 30, bufferAfter: 0, fee: 8500, weight: 24 },
  },
  {
    slug: 'ent',
    en: 'Ear, nose and throat',
    el: 'Ωτορινολαρυγγολογία',
    visit: { en: 'Hearing test', el: 'Ακοόγραμμα', minutes: 25, bufferAfter: 0, fee: 6500, weight: 22 },
  },
  {
    slug: 'ophthalmology',
    en: 'Ophthalmology',
    el: 'Οφθαλμολογία',
    visit: {
      en: 'Eye examination',
      el: 'Οφθαλμολογική εξέταση',
      minutes: 20,
      bufferAfter: 0,
      fee: 6000,
      weight: 34,
    },
  },
];

/** Visits that every doctor has. The last is the three-hour one. */
export const commonVisits: readonly VisitPlan[] = [
  { en: 'Vaccination', el: 'Εμβολιασμός', minutes: 5, bufferAfter: 0, fee: 2000, weight: 8 },
  { en: 'Consultation', el: 'Επίσκεψη', minutes: 15, bufferAfter: 0, fee: 5000, weight: 36 },
  { en: 'First visit', el: 'Πρώτη επίσκεψη', minutes: 30, bufferAfter: 0, fee: 7000, weight: 14 },
  { en: 'Follow-up', el: 'Επανεξέταση', minutes: 15, bufferAfter: 0, fee: 3500, weight: 24 },
  { en: 'Results', el: 'Αποτελέσματα', minutes: 10, bufferAfter: 0, fee: 2500, weight: 10 },
  { en: 'Minor surgery', el: 'Μικροεπέμβαση', minutes: 180, bufferAfter: 0, fee: 45000, weight: 1 },
];

/** A week's working stretches: weekdays (1 is Monday) and wall-clock times. */
export type Week = readonly { days: readonly number[]; times: readonly [string, string][] }[];

const weekdays = [1, 2, 3, 4, 5];
const wholeDay: [string, string][] = [
  ['09:00', '13:00'],
  ['14:00', '17:00'],
];
export const weeks = {
  wholeDay: [{ days: weekdays, times: wholeDay }],
  sixDays: [
    { days: weekdays, times: wholeDay },
    { days: [6], times: [['09:00', '14:00']] },
  ],
  morning: [
    {
      days: weekdays,
      times: [
        ['08:00', '11:00'],
        ['11:30', '14:30'],
      ],
    },
  ],
  afternoon: [
    {
      days: weekdays,
      times: [
        ['14:30', '17:30'],
        ['18:00', '20:30'],
      ],
    },
  ],
  split: [
    { days: [1, 3, 5], times: wholeDay },
    {
      days: [2, 4],
      times: [
        ['12:00', '16:00'],
        ['17:00', '20:00'],
      ],
    },
    { days: [6], times: [['09:00', '14:00']] },
  ],
  mondayToWednesday: [{ days: [1, 2, 3], times: wholeDay }],
  thursdayAndFriday: [{ days: [4, 5], times: wholeDay }],
} satisfies Record<string, Week>;

/** A doctor of the sample clinic. `rooms` pairs a location (0 or 1) with a room number and a week there. */
export interface DoctorPlan {
  name: Name;
  greek: Name;
  specialty: number;
  slotMinutes: number;
  rooms: readonly { location: number; room: number; week: Week }[];
}

const doctor = (
  [first, last]: [string, string],
  [firstEl, lastEl]: [string, string],
  specialty: number,
  slotMinutes: number,
  ...rooms: DoctorPlan['rooms']
): DoctorPlan => ({
  name: { first, last },
  greek: { first: firstEl, last: lastEl },
  specialty,
  slotMinutes,
  rooms,
});

/** Two share room 4, one in the morning and one in the afternoon; one works at both locations. */
export const doctorPlans: readonly DoctorPlan[] = [
  doctor(['Eleni', 'Adamou'], ['Ελένη', 'Αδάμου'], 0, 15, { location: 0, room: 1, week: weeks.sixDays }),
  doctor(['Nikolaos', 'Georgiou'], ['Νικόλαος', 'Γεωργίου'], 1, 15, {
    location: 0,
    room: 2,
    week: weeks.wholeDay,
  }),
  doctor(['Despina', 'Karagianni'], ['Δέσποινα', 'Καραγιάννη'], 3, 15, {
    location: 0,
    room: 3,
    week: weeks.split,
  }),
  doctor(['Stavros', 'Makris'], ['Σταύρος', 'Μακρής'], 4, 20, { location: 0, room: 4, week: weeks.morning }),
  doctor(
    ['Chrysoula', 'Papachatzipanagiotou-Economopoulou'],
    ['Χρυσούλα', 'Παπαχατζηπαναγιώτου-Οικονομοπούλου'],
    5,
    15,
    { location: 0, room: 4, week: weeks.afternoon },
  ),
  doctor(['Ioannis', 'Vlachos'], ['Ιωάννης', 'Βλάχος'], 7, 10, { location: 0, room: 5, week: weeks.sixDays }),
  doctor(
    ['Andreas', 'Ioannidis'],
    ['Ανδρέας', 'Ιωαννίδης'],
    6,
    15,
    { location: 0, room: 6, week: weeks.mondayToWednesday },
    { location: 1, room: 6, week: weeks.thursdayAndFriday },
  ),
  doctor(['Sofia', 'Pappa'], ['Σοφία', 'Παππά'], 2, 5, { location: 0, room: 7, week: weeks.wholeDay }),
  doctor(['Helen', 'Baker'], ['Έλεν', 'Μπέικερ'], 0, 15, { location: 1, room: 1, week: weeks.sixDays }),
  doctor(['James', 'Whitfield'], ['Τζέιμς', 'Γουίτφιλντ'], 1, 20, {
    location: 1,
    room: 2,
    week: weeks.wholeDay,
  }),
  doctor(['Maria', 'Nikolaidou'], ['Μαρία', 'Νικολαΐδου'], 2, 15, {
    location: 1,
    room: 3,
    week: weeks.split,
  }),
  doctor(['Priya', 'Sharma'], ['Πρίγια', 'Σάρμα'], 3, 15, { location: 1, room: 4, week: weeks.wholeDay }),
];

/** The two locations, and in which language the people there write. */
export const locationPlans = [
  {
    name: 'Athens, Kolonaki',
    nameEl: 'Αθήνα, Κολωνάκι',
    language: 'el',
    timezone: 'Europe/Athens',
    address: 'Υποδειγματική οδός 12',
    city: 'Αθήνα',
    postalCode: '106 00',
    country: 'Ελλάδα',
    phone: '+30 210 000 0100',
  },
  {
    name: 'London, Bayswater',
    nameEl: 'Λονδίνο, Μπέιζγουοτερ',
    language: 'en',
    timezone: 'Europe/London',
    address: '12 Example Mews',
    city: 'London',
    postalCode: 'W2 0XX',
    country: 'United Kingdom',
    phone: '+44 20 7946 0100',
  },
] as const;
