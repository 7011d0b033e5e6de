import { wallClock } from './wall-clock.ts';

/** One working stretch of a doctor's week (`schedule_templates`); times are the location's wall clock. */
export interface WeeklyStretch {
  doctorId: string;
  locationId: string;
  /** ISO 8601: 1 is Monday. */
  weekday: number;
  /** `HH:MM`; `24:00` as an end is the midnight that closes the day. */
  startsLocal: string;
  endsLocal: string;
  slotMinutes: number;
  /** First and last day on which it holds, both included; null has no last day. */
  validFrom: string;
  validUntil: string | null;
}

/** What departs from the templates (`schedule_exceptions`); null means every doctor, or every location. */
export interface ScheduleException {
  doctorId: string | null;
  locationId: string | null;
  kind: 'holiday' | 'leave' | 'block' | 'opening';
  startsAt: string;
  endsAt: string;
}

/** All that slots are made from. `zones` has the IANA time zone of each location. */
export interface ScheduleRules {
  templates: readonly WeeklyStretch[];
  exceptions: readonly ScheduleException[];
  zones: ReadonlyMap<string, string>;
}

/** A row of the bookable grid before it has an id; times are ISO 8601 UTC. */
export interface MadeSlot {
  doctorId: string;
  locationId: string;
  start: string;
  end: string;
  /** False where a block lies on it. */
  available: boolean;
}

interface Stretch {
  doctorId: string;
  locationId: string;
  start: number;
  end: number;
  slotMinutes: number;
}
type Cut = ScheduleException & { start: number; end: number };

/** The length of an opening's slots where the doctor has no template at that location. */
const OPENING_SLOT_MINUTES = 15;
const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The slots of the days `from` to `to` (both included, in each location's own calendar), by doctor and start.
 *
 * - A template's stretch is cut into slots of its length from its start; a remainder too short for a slot is
 *   not bookable. A break is the gap between two stretches.
 * - Wall-clock times become instants as `wall-clock.ts` says, so 09:00 stays 09:00 when the clocks change, and
 *   a stretch across the change has the slots of the hours that really pass.
 * - Holiday and leave leave no slots: the doctor is not there, and a slot they touch is absent. A block keeps
 *   the slots that it touches and makes them unavailable: the doctor is there, and the board hatches it.
 * - An opening adds slots, on holidays and in leave too, since it was made on purpose; blocks hold in it. It
 *   names its location, since nobody opens everywhere at once, and one without a doctor is for every doctor
 *   with a template there. Its slots are as long as those of the doctor's first template there.
 * - No two slots of a doctor overlap: what starts first stays, templates go before openings. That holds for
 *   ranges made one after another too, unless a doctor is planned at two places at once over midnight.
 */
export const makeSlots = (rules: ScheduleRules, from: string, to: string): MadeSlot[] => {
  const cuts = rules.exceptions.map((exception) => ({
    ...exception,
    start: Date.parse(exception.startsAt),
    end: Date.parse(exception.endsAt),
  }));
  const closed = cuts.filter((cut) => cut.kind === 'holiday' || cut.kind === 'leave');
  const blocks = cuts.filter((cut) => cut.kind === 'block');
  // A day more on either side: what reaches over midnight is in the way of the next day's slots too.
  const days = daysBetween(dayAfter(from, -1), dayAfter(to, 1));
  const regular = templateStretches(rules, days)
    .flatMap(cutIntoSlots)
    .filter((slot) => !closed.some((cut) => touches(cut, slot)));
  const extra = openingStretches(rules, cuts, spanOf(rules, days)).flatMap(cutIntoSlots);
  const wanted = spanOf(rules, daysBetween(from, to));
  return withoutOverlaps(regular, extra)
    .filter((slot) => {
      const span = wanted.get(slot.locationId);
      return span && slot.start >= span.start && slot.start < span.end;
    })
    .map(({ doctorId, locationId, start, end }) => ({
      doctorId,
      locationId,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      available: !blocks.some((cut) => touches(cut, { doctorId, locationId, start, end })),
    }));
};

const zoneOf = (rules: ScheduleRules, locationId: string): string => {
  const zone = rules.zones.get(locationId);
  if (!zone) throw new Error(`no time zone for location ${locationId}`);
  return zone;
};

/** The instants from the first day's midnight to the last day's, at each location. */
const spanOf = (rules: ScheduleRules, days: string[]): Map<string, { start: number; end: number }> => {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  return new Map(
    [...rules.zones].map(([locationId, zone]) => [
      locationId,
      { start: wallClock(first, '00:00', zone), end: wallClock(last, '24:00', zone) },
    ]),
  );
};

const templateStretches = (rules: ScheduleRules, days: string[]): Stretch[] =>
  days.flatMap((day) =>
    rules.templates
      .filter((template) => template.weekday === weekdayOf(day) && isValid(template, day))
      .map((template) => {
        const zone = zoneOf(rules, template.locationId);
        const { doctorId, locationId, slotMinutes } = template;
        const start = wallClock(day, template.startsLocal, zone);
        return { doctorId, locationId, slotMinutes, start, end: wallClock(day, template.endsLocal, zone) };
      }),
  );

const openingStretches = (rules: ScheduleRules, cuts: Cut[], spans: ReturnType<typeof spanOf>): Stretch[] =>
  cuts.flatMap((cut) => {
    const { locationId, start, end } = cut;
    if (cut.kind !== 'opening' || locationId === null) return [];
    const span = spans.get(locationId);
    if (!span || !meet(span, cut)) return [];
    const there = rules.templates.filter((template) => template.locationId === locationId);
    const everyone = new Set(there.map((template) => template.doctorId));
    return (cut.doctorId === null ? [...everyone] : [cut.doctorId]).map((doctorId) => {
      const own = there.find((template) => template.doctorId === doctorId);
      return { doctorId, locationId, slotMinutes: own?.slotMinutes ?? OPENING_SLOT_MINUTES, start, end };
    });
  });

const cutIntoSlots = (stretch: Stretch): Stretch[] => {
  const length = stretch.slotMinutes * MINUTE;
  const count = Math.max(0, Math.floor((stretch.end - stretch.start) / length));
  return Array.from({ length: count }, (_, place) => {
    const start = stretch.start + place * length;
    return { ...stretch, start, end: start + length };
  });
};

const byDoctorAndStart = (a: Stretch, b: Stretch): number => {
  if (a.doctorId !== b.doctorId) return a.doctorId < b.doctorId ? -1 : 1;
  return a.start - b.start || a.end - b.end || (a.locationId < b.locationId ? -1 : 1);
};

const withoutOverlaps = (regular: Stretch[], extra: Stretch[]): Stretch[] => {
  const kept = keepFirst(regular);
  const free = extra.filter(
    (slot) => !kept.some((other) => other.doctorId === slot.doctorId && meet(other, slot)),
  );
  return [...kept, ...keepFirst(free)].sort(byDoctorAndStart);
};

const keepFirst = (slots: Stretch[]): Stretch[] => {
  const kept: Stretch[] = [];
  for (const slot of [...slots].sort(byDoctorAndStart)) {
    const last = kept.at(-1);
    if (!last || last.doctorId !== slot.doctorId || last.end <= slot.start) kept.push(slot);
  }
  return kept;
};

const meet = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && a.end > b.start;

const touches = (cut: Cut, slot: Omit<Stretch, 'slotMinutes'>): boolean =>
  meet(cut, slot) &&
  (cut.doctorId === null || cut.doctorId === slot.doctorId) &&
  (cut.locationId === null || cut.locationId === slot.locationId);

const isValid = (template: WeeklyStretch, day: string): boolean =>
  template.validFrom <= day && (template.validUntil === null || day <= template.validUntil);

/** A calendar day's number: days have no zone, so UTC serves for counting them. */
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;

const dayAfter = (day: string, days: number): string =>
  new Date((dayNumber(day) + days) * DAY).toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, dayNumber(to) - dayNumber(from) + 1) }, (_, n) => dayAfter(from, n));

/** ISO 8601 weekday. Day 0 was a Thursday. */
const weekdayOf = (day: string): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
