import { type FreeTime, InTheWay } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { PlannedVisit } from '../../contract/series.ts';
import { dayBounds, dayOf, iso, localTime } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { readSlot, readSlots, readVisitType } from './grid.ts';
import { freeTimesBetween, visitOf } from './next-free.ts';
import { findPlace } from './placement.ts';
import { affectedBy, readSeries, type SeriesMember } from './series-members.ts';
import { movedAlong, occurrences } from './series-rule.ts';
import type { GridSlot, Visit } from './slot.ts';
import { wallClock } from './wall-clock.ts';

/** A date that is looked at: when the rule puts it (epoch milliseconds), and whose appointment would move there. */
interface Wish {
  appointmentId: string | null;
  start: number;
  /** Null: as long as the slot. */
  visit: Visit | null;
}

/** Where the visits are to be. */
interface Setting {
  doctorId: string;
  locationId: string | null;
  /** Appointments that move together, and so are in nobody's way where they are now. */
  alongWith?: ReadonlySet<string>;
}

/** How many other times are offered for a date that cannot be had. */
const OFFERED = 3;
/** How long after the day they are looked for, where that day has none: a week, in milliseconds. */
const OFFERED_WITHIN = 7 * 86_400_000;

/** The dates of a series that would begin with a slot, each free, taken or closed. Nothing is written. */
export const planSeries = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'planSeries'>,
): CallResult<'planSeries'> => {
  const slot = readSlot(desk, input.slotId);
  if (!slot) return refuse('not_found', { what: 'slot', id: input.slotId });
  const visitType = input.visitTypeId === undefined ? undefined : readVisitType(desk, input.visitTypeId);
  if (input.visitTypeId !== undefined && !visitType)
    return refuse('not_found', { what: 'visitType', id: input.visitTypeId });
  const zone = zoneOf(desk, slot.locationId);
  const visit = visitOf(visitType, input.durationMinutes);
  const dates = occurrences(input.rule, localOf(slot.start, zone), zone);
  const look = planner(desk, session, slot);
  return ok(dates.map(({ start }) => look({ appointmentId: null, start, visit })));
};

/**
 * Where the appointments of a series would go if the one that is named went to `slotId`: each as many days on, at the
 * new time of day. Without a slot they stay, in another length.
 */
export const planSeriesChange = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'planSeriesChange'>,
): CallResult<'planSeriesChange'> => {
  const found = readSeries(desk, input.appointmentId);
  if (!found) return refuse('not_found', { what: 'series', id: input.appointmentId });
  const slot = input.slotId === undefined ? undefined : readSlot(desk, input.slotId);
  if (input.slotId !== undefined && !slot) return refuse('not_found', { what: 'slot', id: input.slotId });
  const { target } = found;
  const affected = affectedBy(desk, found, input.scope);
  const look = planner(desk, session, {
    doctorId: slot?.doctorId ?? target.doctorId,
    locationId: slot ? slot.locationId : target.locationId,
    alongWith: new Set(affected.map(({ id }) => id)),
  });
  const goal = goalOf(desk, target, slot);
  return ok(
    affected.map((member) =>
      look({
        appointmentId: member.id,
        start: goal(member),
        visit: lengthOf(desk, member, input.durationMinutes),
      }),
    ),
  );
};

/** How much time an appointment takes with its buffers, in another length where one is given. */
export const lengthOf = (desk: Desk, member: SeriesMember, durationMinutes: number | undefined): Visit => ({
  ...((member.visitTypeId && readVisitType(desk, member.visitTypeId)) || { bufferBefore: 0, bufferAfter: 0 }),
  length: durationMinutes === undefined ? member.end - member.start : durationMinutes * 60_000,
});

/** When each appointment would begin (epoch milliseconds), by the clock of the place where it is. */
const goalOf = (desk: Desk, target: SeriesMember, slot: GridSlot | undefined) => {
  if (!slot) return (member: SeriesMember) => member.start;
  const before = zoneOf(desk, target.locationId);
  const after = zoneOf(desk, slot.locationId);
  const from = localOf(target.seriesAt ?? target.start, before);
  const to = localOf(slot.start, after);
  return (member: SeriesMember) => {
    if (member.id === target.id) return slot.start;
    const { day, time } = movedAlong(localOf(member.seriesAt ?? member.start, before), from, to);
    return wallClock(day, time, after);
  };
};

const localOf = (ms: number, zone: string): string =>
  localTime(ms, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/** Looks at one date after the other. */
const planner = (desk: Desk, session: Session, setting: Setting) => {
  const { doctorId, locationId, alongWith } = setting;
  return ({ appointmentId, start, visit }: Wish): PlannedVisit => {
    const slot = readSlots(desk, [doctorId], start, start + 1).find((one) => one.locationId === locationId);
    const place = slot
      ? findPlace(desk, session, {
          slotId: slot.id,
          visit,
          overOwnHolds: true,
          offers: false,
          alongWith,
          ...(appointmentId === null ? {} : { movingId: appointmentId }),
        })
      : undefined;
    const inTheWay =
      place && !place.ok && place.error.code === 'slot_taken'
        ? InTheWay.omit({ nextFree: true }).parse(place.error.details)
        : null;
    const length = visit?.length ?? (slot ? slot.end - slot.start : 0);
    return {
      appointmentId,
      start: iso(start),
      end: iso(start + length),
      state: place?.ok ? 'free' : inTheWay ? 'taken' : 'closed',
      slotId: slot?.id ?? null,
      inTheWay,
      alternatives: place?.ok ? [] : alternatives(desk, setting, { appointmentId, start, visit }),
    };
  };
};

/** The doctor's free times of that day, the nearest first; where there are none, the next ones. */
const alternatives = (
  desk: Desk,
  { doctorId, locationId }: Setting,
  { appointmentId, start, visit }: Wish,
): FreeTime[] => {
  const zone = zoneOf(desk, locationId);
  const day = dayBounds(dayOf(start, zone), zone);
  const search = {
    doctorIds: [doctorId],
    visit,
    locationId: locationId ?? undefined,
    partOfDay: 'any' as const,
    movingId: appointmentId,
  };
  const distance = ({ start: other }: FreeTime): number => Math.abs(Date.parse(other) - start);
  const sameDay = freeTimesBetween(desk, search, day.start, day.end);
  if (sameDay.length > 0) return sameDay.sort((a, b) => distance(a) - distance(b)).slice(0, OFFERED);
  return freeTimesBetween(desk, search, day.end, day.end + OFFERED_WITHIN).slice(0, OFFERED);
};
