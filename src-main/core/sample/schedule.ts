import { Temporal } from 'temporal-polyfill';
import { wallClock } from '../appointments/wall-clock.ts';
import { addDays, englishHolidays, greekHolidays, weekday } from './holidays.ts';
import type { SampleDoctor, SampleException, SampleLocation, SampleTemplate } from './model.ts';
import { type Random, random } from './random.ts';
import { HOUR, iso, MINUTE, type SampleSizes, streams } from './sizes.ts';

interface Planned {
  locations: readonly SampleLocation[];
  doctors: readonly SampleDoctor[];
  templates: readonly SampleTemplate[];
}

/** How many days of slots stand before and after today, whatever the appointments need. */
export const SLOT_DAYS = { before: 30, after: 60 } as const;
/** Older appointments came from another program: they name no slot. */
export const SLOTS_KEPT_DAYS = 730;

/** A location's calendar day at an instant. */
export const dayAt = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Holidays, leave, one-off blocks, and the opening that keeps today busy at any hour. */
export const makeExceptions = (
  sizes: SampleSizes,
  planned: Planned,
  newId: () => string,
): SampleException[] => {
  const now = Date.parse(sizes.now);
  const source = random(sizes.seed, streams.schedule);
  const all = planned.locations.flatMap((location) => {
    const today = dayAt(now, location.zone);
    const doctors = planned.doctors.filter((doctor) => doctor.home === location);
    return [
      ...holidays(location, today),
      ...leave(doctors, today),
      ...blocks(source, doctors, today),
      ...openings(location, doctors, planned.templates, now),
    ];
  });
  return all.map((exception) => ({ ...exception, id: newId() }));
};

type Made = Omit<SampleException, 'id'>;

const stretchOf = (location: SampleLocation, day: string, from: string, to: string, days = 0) => ({
  startsAt: iso(wallClock(day, from, location.zone)),
  endsAt: iso(wallClock(addDays(day, days), to, location.zone)),
});

/** The sample shows a working day, so a holiday that falls on today is left out. */
const holidays = (location: SampleLocation, today: string): Made[] => {
  const year = Number(today.slice(0, 4));
  const calendar = location.language === 'el' ? greekHolidays : englishHolidays;
  return [-2, -1, 0, 1]
    .flatMap((years) => calendar(year + years))
    .filter(({ day }) => day !== today && day > addDays(today, -SLOTS_KEPT_DAYS))
    .map((holiday) => ({
      doctorId: null,
      locationId: location.id,
      kind: 'holiday',
      ...stretchOf(location, holiday.day, '00:00', '24:00'),
      reason: holiday[location.language],
    }));
};

/** A working week away, some weeks from now, for every third doctor. */
const leave = (doctors: readonly SampleDoctor[], today: string): Made[] =>
  doctors
    .filter((_, place) => place % 3 === 1)
    .map((doctor, place) => {
      const monday = addDays(today, 8 - weekday(today) + 7 * (place + 1));
      const reason = { en: 'Annual leave', el: 'Ετήσια άδεια' }[doctor.home.language];
      return {
        doctorId: doctor.id,
        locationId: null,
        kind: 'leave',
        ...stretchOf(doctor.home, monday, '00:00', '24:00', 6),
        reason,
      };
    });

/** Today a block for every fourth doctor, and now and then one on the days around. */
const blocks = (source: Random, doctors: readonly SampleDoctor[], today: string): Made[] =>
  doctors.flatMap((doctor, place) =>
    Array.from({ length: SLOT_DAYS.before + SLOT_DAYS.after }, (_, n) => n - SLOT_DAYS.before)
      .filter((offset) => source.chance(0.06) || (offset === 0 && place % 4 === 0))
      .map((offset) => {
        const hour = source.between(9, 16);
        const reason = source.pick([
          { en: 'Staff meeting', el: 'Σύσκεψη προσωπικού' },
          { en: 'Home visit', el: 'Επίσκεψη κατ᾽ οίκον' },
          { en: 'Equipment service', el: 'Συντήρηση εξοπλισμού' },
        ])[doctor.home.language];
        return {
          doctorId: doctor.id,
          locationId: null,
          kind: 'block' as const,
          ...stretchOf(doctor.home, addDays(today, offset), clock(hour, 0), clock(hour, 45)),
          reason,
        };
      }),
  );

const clock = (hour: number, minute: number): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/**
 * Whoever looks at the sample at night or on a Sunday still sees a clinic at work: if few of a location's doctors
 * have hours around now, those with a room of their own are on duty for the eight hours of the day around it.
 */
const openings = (
  location: SampleLocation,
  doctors: readonly SampleDoctor[],
  templates: readonly SampleTemplate[],
  now: number,
): Made[] => {
  const today = dayAt(now, location.zone);
  const busy = doctors.filter((doctor) => {
    const hours = templates.filter((one) => one.doctorId === doctor.id && one.weekday === weekday(today));
    const starts = hours.map((one) => wallClock(today, one.startsLocal, location.zone));
    const ends = hours.map((one) => wallClock(today, one.endsLocal, location.zone));
    return Math.min(...starts) < now - 1.5 * HOUR && Math.max(...ends) > now + 1.5 * HOUR;
  });
  if (busy.length >= doctors.length * 0.6) return [];
  const half = 30 * MINUTE;
  const midnight = wallClock(today, '00:00', location.zone);
  const nextMidnight = wallClock(today, '24:00', location.zone);
  const around = Math.floor(now / half) * half - 4 * HOUR;
  const from = Math.max(midnight, Math.min(around, nextMidnight - 8 * HOUR));
  const to = from + 8 * HOUR;
  return doctors
    .filter((doctor) => !doctor.sharesRoom)
    .map((doctor) => ({
      doctorId: doctor.id,
      locationId: location.id,
      kind: 'opening',
      startsAt: iso(from),
      endsAt: iso(to),
      reason: { en: 'On duty', el: 'Εφημερία' }[location.language],
    }));
};
