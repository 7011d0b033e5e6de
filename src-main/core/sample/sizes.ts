/** How large a sample clinic is, and the two things that decide every value in it: the seed and the moment. */
export interface SampleSizes {
  patients: number;
  appointments: number;
  doctors: number;
  seed: number;
  /** The instant that the sample's today is made around, ISO 8601. */
  now: string;
  /** People, or animals with their owners. */
  kind: 'human' | 'veterinary';
}

/** Enough for full days around today, and loaded in seconds. */
export const defaultSizes = (now: string): SampleSizes => ({
  patients: 500,
  appointments: 3000,
  doctors: 12,
  seed: 1,
  now,
  kind: 'human',
});

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Which seeded stream makes what, so that no two things share one. */
export const streams = {
  clinic: 1,
  patient: 2,
  contact: 3,
  slot: 4,
  doctorDay: 5,
  visit: 10,
  today: 6,
  afterVisit: 7,
  schedule: 8,
  doctorName: 9,
  cashUp: 11,
} as const;

/** An instant as rows have it. */
export const iso = (ms: number): string => new Date(ms).toISOString();
