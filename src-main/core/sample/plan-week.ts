import { makeSlots } from '../appointments/make-slots.ts';
import { wallClock } from '../appointments/wall-clock.ts';
import { addDays } from './holidays.ts';
import type { SampleClinic, SampleLocation } from './model.ts';
import { settleFuture, settlePast, settleToday } from './outcome.ts';
import type { SamplePatients } from './patients.ts';
import { type GridSlot, pickPatients, planDay } from './plan-day.ts';
import { type Random, random } from './random.ts';
import { dayAt, SLOTS_KEPT_DAYS } from './schedule.ts';
import { DAY, type SampleSizes, streams } from './sizes.ts';
import type { Visit } from './visit.ts';

/** Seven days of the clinic: the bookable grid and what stands in it. */
export interface Week {
  slots: readonly GridSlot[];
  visits: readonly Visit[];
}

/** Weeks are counted from today's, which is 0 and begins today. Any week can be made without the others. */
export const planWeek = (
  sizes: SampleSizes,
  clinic: SampleClinic,
  patients: SamplePatients,
  week: number,
): Week => {
  const now = Date.parse(sizes.now);
  const first = addDays(dayAt(now, clinic.locations[0]?.zone ?? 'UTC'), 7 * week);
  const slots = gridOf(sizes, clinic, first, addDays(first, 6));
  const slotsKept = week * 7 > -SLOTS_KEPT_DAYS;
  const visits = clinic.locations.flatMap((location, place) =>
    Array.from({ length: 7 }, (_, n) => addDays(first, n)).flatMap((day) => {
      const source = random(sizes.seed, streams.today, place, Date.parse(day) / DAY);
      const bounds = [
        wallClock(day, '00:00', location.zone),
        wallClock(day, '24:00', location.zone),
      ] as const;
      const here = slots.filter(
        (slot) => slot.locationId === location.id && slot.startMs >= bounds[0] && slot.startMs < bounds[1],
      );
      const isToday = now >= bounds[0] && now < bounds[1];
      const planned = planLocation({
        sizes,
        clinic,
        patients,
        location,
        day,
        here,
        isToday,
        slotsKept,
        source,
      });
      settle(planned, isToday, now, source);
      return planned;
    }),
  );
  return { slots: slotsKept ? slots : [], visits };
};

interface LocationDay {
  sizes: SampleSizes;
  clinic: SampleClinic;
  patients: SamplePatients;
  location: SampleLocation;
  day: string;
  here: readonly GridSlot[];
  isToday: boolean;
  slotsKept: boolean;
  source: Random;
}

const planLocation = (of: LocationDay): Visit[] => {
  const now = Date.parse(of.sizes.now);
  const people = pickPatients(of.patients, of.location === of.clinic.locations[0], now, of.source);
  return of.clinic.doctors.flatMap((doctor) => {
    const slots = of.here.filter((slot) => slot.doctorId === doctor.id);
    const source = random(of.sizes.seed, streams.doctorDay, doctor.index, Date.parse(of.day) / DAY);
    const daysAhead = ((slots[0]?.startMs ?? now) - now) / DAY;
    const { location, isToday, slotsKept } = of;
    return planDay({
      doctor,
      location,
      slots,
      fill: isToday ? 0.85 : fillOn(daysAhead),
      isToday,
      slotsKept,
      now,
      patients: people,
      source,
    });
  });
};

/** The past was full; the future fills as it comes nearer. */
const fillOn = (daysAhead: number): number =>
  daysAhead < 0 ? 0.72 : 0.03 + 0.65 * Math.exp(-daysAhead / 16);

const settle = (visits: readonly Visit[], isToday: boolean, now: number, source: Random): void => {
  if (isToday) {
    settleToday(visits, now, source);
    return;
  }
  for (const visit of visits) {
    if (visit.start < now) settlePast(visit, source);
    else settleFuture(visit, now, source);
  }
};

const gridOf = (sizes: SampleSizes, clinic: SampleClinic, from: string, to: string): GridSlot[] => {
  const numbers = new Map(clinic.doctors.map((doctor) => [doctor.id, doctor.index]));
  return makeSlots(clinic.rules, from, to).map((slot) => {
    const startMs = Date.parse(slot.start);
    const source = random(sizes.seed, streams.slot, numbers.get(slot.doctorId) ?? 0, startMs / 60_000);
    return { ...slot, id: source.uuid(slotMadeAt(startMs, sizes)), startMs, endMs: Date.parse(slot.end) };
  });
};

/** When the job that extends the grid made a slot: about two months before it. */
export const slotMadeAt = (start: number, sizes: SampleSizes): number =>
  Math.min(start, Date.parse(sizes.now)) - 61 * DAY;
