import type { MadeSlot } from '../appointments/make-slots.ts';
import type { SampleDoctor, SampleLocation, SampleVisit } from './model.ts';
import type { SamplePatients } from './patients.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, MINUTE } from './sizes.ts';
import type { Visit } from './visit.ts';

/** A slot with its id and its times as numbers. */
export interface GridSlot extends MadeSlot {
  id: string;
  startMs: number;
  endMs: number;
}

/** What a doctor's day is planned with. */
export interface DayPlan {
  doctor: SampleDoctor;
  location: SampleLocation;
  slots: readonly GridSlot[];
  /** How much of the day is taken, 0 to 1. */
  fill: number;
  isToday: boolean;
  /** Slots of that day are kept, so appointments name them. */
  slotsKept: boolean;
  now: number;
  patients: PatientPicker;
  source: Random;
}

/** Fills a doctor's day: no two visits overlap but those that are off (cancelled, not attended) or overbooked. */
export const planDay = (plan: DayPlan): Visit[] => {
  const { slots, source, now } = plan;
  const visits: Visit[] = [];
  let place = 0;
  while (place < slots.length) {
    const slot = slots[place];
    if (!slot) break;
    const kind =
      slot.available && source.chance(plan.fill) ? chooseKind(plan, place, visits.length) : undefined;
    if (!kind) {
      place += 1;
      continue;
    }
    const visit = book(plan, slot, kind, visits.length);
    const isPast = slot.startMs < now && !plan.isToday;
    if (!isPast ? source.chance(0.04) : source.chance(0.07)) {
      visits.push({ ...visit, status: isPast && source.chance(0.4) ? 'no_show' : 'cancelled' });
      // About half of the freed times are booked again.
      place += source.below(2);
      continue;
    }
    visits.push(visit);
    if (source.chance(0.006)) visits.push({ ...book(plan, slot, kind, visits.length), overbook: true });
    const free = visit.end + kind.bufferAfter * MINUTE;
    while ((slots[place]?.startMs ?? free) < free) place += 1;
  }
  return visits;
};

/** A kind of visit that fits from this slot on. The second doctor's today begins with the longest one. */
const chooseKind = ({ doctor, slots, isToday, source }: DayPlan, place: number, placed: number) => {
  const room = freeFrom(slots, place);
  const kinds = doctor.visits.filter((kind) => kind.minutes * MINUTE <= room);
  if (isToday && doctor.index === 1 && placed === 0) return longest(kinds);
  if (isToday && doctor.index === 0 && placed === 1) return kinds.find((kind) => kind.minutes === 5);
  let left = source.below(kinds.reduce((sum, kind) => sum + kind.weight, 0));
  return kinds.find((kind) => {
    left -= kind.weight;
    return left < 0;
  });
};

const longest = (kinds: readonly SampleVisit[]): SampleVisit | undefined =>
  [...kinds].sort((a, b) => b.minutes - a.minutes)[0];

/** Milliseconds of bookable time without a gap from a slot's start. */
const freeFrom = (slots: readonly GridSlot[], place: number): number => {
  const start = slots[place]?.startMs ?? 0;
  let end = start;
  for (let next = place; slots[next]?.available && slots[next]?.startMs === end; next += 1) {
    end = slots[next]?.endMs ?? end;
  }
  return end - start;
};

const book = (plan: DayPlan, slot: GridSlot, kind: SampleVisit, number: number): Visit => {
  const { doctor, location, now, source } = plan;
  const bookedAt = Math.min(slot.startMs, now) - 2 * HOUR - source.below(28 * 24) * HOUR;
  const newcomer = source.chance(0.08) ? plan.patients.newcomer(slot.startMs) : undefined;
  return {
    number,
    doctor,
    location,
    kind,
    slotId: plan.slotsKept ? slot.id : null,
    start: slot.startMs,
    end: slot.startMs + kind.minutes * MINUTE,
    patient: newcomer?.patient ?? plan.patients.known(bookedAt),
    bookedAt: newcomer?.bookedAt ?? bookedAt,
    status: 'scheduled',
    stamps: {},
    overbook: false,
  };
};

/** Who comes to one location on one day: nobody twice while there are others. */
export interface PatientPicker {
  /** Somebody who was on the books by then. */
  known(ms: number): number;
  /** Somebody who registered in the weeks before a visit, booking it at once. */
  newcomer(start: number): { patient: number; bookedAt: number } | undefined;
}

export const pickPatients = (
  patients: SamplePatients,
  first: boolean,
  now: number,
  source: Random,
): PatientPicker => {
  const taken = new Set<number>();
  const suits = (number: number) => patients.atFirstLocation(number) === first && !taken.has(number);
  const take = (number: number): number => {
    taken.add(number);
    return number;
  };
  const draw = (low: number, high: number): number | undefined => {
    for (let tries = 0; tries < 24 && high > low; tries += 1) {
      const number = low + source.below(high - low);
      if (suits(number)) return take(number);
    }
    return undefined;
  };
  return {
    known: (ms) => {
      const count = Math.max(1, patients.registeredBy(ms));
      return draw(0, count) ?? take(source.below(count));
    },
    newcomer: (start) => {
      const latest = Math.min(start, now) - 2 * HOUR;
      const patient = draw(patients.registeredBy(latest - 20 * DAY), patients.registeredBy(latest));
      return patient === undefined
        ? undefined
        : { patient, bookedAt: patients.registeredAt(patient) + 4 * MINUTE };
    },
  };
};
