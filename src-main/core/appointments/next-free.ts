import { setImmediate } from 'node:timers/promises';
import type { FreeTime } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { iso, localTime } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { readKept } from '../leases/kept.ts';
import { readSlots, readTaken, readVisitType } from './grid.ts';
import { type GridSlot, isFree, type Visit } from './slot.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far ahead a free time is looked for. */
const HORIZON = 270 * DAY;
/** A search reads one day first, since most end there, and then two at once. */
const LONGEST_READ = 2 * DAY;

/** What is looked for. Times are epoch milliseconds. */
export interface Search {
  doctorIds: readonly string[];
  /** Null for whatever the slot itself is long. */
  visit: Visit | null;
  locationId?: string | undefined;
  partOfDay: 'any' | 'morning' | 'afternoon';
  after: number;
  movingId: string | null;
  count: number;
}

/** The next free times for a visit, soonest first. Lets other calls in between the days that it reads. */
export const nextFree = async (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'nextFree'>,
): Promise<CallResult<'nextFree'>> => {
  const visitType = input.visitTypeId === undefined ? undefined : readVisitType(desk, input.visitTypeId);
  if (input.visitTypeId !== undefined && !visitType)
    return refuse('not_found', { what: 'visitType', id: input.visitTypeId });
  const doctorIds = bookableDoctors(desk, input);
  if (input.doctorId !== undefined && doctorIds.length === 0)
    return refuse('not_found', { what: 'doctor', id: input.doctorId });
  const { durationMinutes, locationId, partOfDay, count } = input;
  const steps = searchSteps(desk, {
    doctorIds,
    visit: visitOf(visitType, durationMinutes),
    locationId,
    partOfDay,
    count,
    after: input.after === undefined ? 0 : Date.parse(input.after),
    movingId: input.movingId ?? null,
  });
  let step = steps.next();
  while (!step.done) {
    await setImmediate();
    step = steps.next();
  }
  return ok(step.value);
};

/** What a visit takes: a length that was asked for goes before the visit type's. Null: as long as the slot. */
export const visitOf = (visitType: Visit | undefined, durationMinutes: number | undefined): Visit | null => {
  if (durationMinutes === undefined) return visitType ?? null;
  return { bufferBefore: 0, bufferAfter: 0, ...visitType, length: durationMinutes * MINUTE };
};

const bookableDoctors = ({ replica }: Desk, { doctorId, specialtyId }: ParsedInput<'nextFree'>): string[] =>
  replica
    .statement(
      `select id from doctors where is_active and deleted_at is null
         and (@doctorId is null or id = @doctorId) and (@specialtyId is null or specialty_id = @specialtyId)`,
    )
    .pluck()
    .all({ doctorId: doctorId ?? null, specialtyId: specialtyId ?? null }) as string[];

/** Free times from `after` or now on, soonest first; all at once, so for a doctor or two. */
export const findFreeTimes = (desk: Desk, search: Search): FreeTime[] => {
  const steps = searchSteps(desk, search);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
};

/** The free times that begin in a stretch of time, both in epoch milliseconds; all at once, so for a day or two. */
export const freeTimesBetween = (
  desk: Desk,
  search: Omit<Search, 'after' | 'count'>,
  from: number,
  to: number,
): FreeTime[] => {
  const now = Date.parse(desk.now());
  const whole = { ...search, after: from, count: Number.POSITIVE_INFINITY };
  return freeSlots(desk, whole, from, to, now).filter(placeAndTime(desk, whole)).map(timeOf(desk, whole));
};

/** Looks for free times a day or two at a step, each of them a few milliseconds. */
function* searchSteps(desk: Desk, search: Search): Generator<void, FreeTime[]> {
  const now = Date.parse(desk.now());
  const first = Math.max(search.after, now);
  const suits = placeAndTime(desk, search);
  const found: GridSlot[] = [];
  let from = first;
  for (let span = DAY; found.length < search.count && from < first + HORIZON; from += span) {
    if (from > first) span = Math.min(span * 2, LONGEST_READ);
    found.push(...freeSlots(desk, search, from, from + span, now).filter(suits));
    yield;
  }
  return found.slice(0, search.count).map(timeOf(desk, search));
}

const timeOf = (desk: Desk, { visit }: Pick<Search, 'visit'>) => {
  const name = doctorNames(desk);
  return (slot: GridSlot): FreeTime => ({
    slotId: slot.id,
    doctorId: slot.doctorId,
    doctorName: name(slot.doctorId),
    locationId: slot.locationId,
    start: iso(slot.start),
    end: iso(visit ? slot.start + visit.length : slot.end),
  });
};

/** The slots that begin in a stretch of time and with which the visit can begin. */
const freeSlots = (desk: Desk, search: Search, from: number, to: number, now: number): GridSlot[] => {
  const length = search.visit?.length ?? 0;
  const slots = byDoctor(readSlots(desk, search.doctorIds, from, to + length));
  const taken = byDoctor([
    ...readTaken(desk, search.doctorIds, from, to + length, search.movingId),
    ...readKept(desk, search.doctorIds, from, to + length),
  ]);
  const free: GridSlot[] = [];
  for (const [doctorId, own] of slots) {
    const busy = taken.get(doctorId) ?? [];
    own.forEach((slot, index) => {
      const visit = search.visit ?? { length: slot.end - slot.start, bufferBefore: 0, bufferAfter: 0 };
      if (slot.start < to && isFree(own, index, busy, visit, now)) free.push(slot);
    });
  }
  return free.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
};

const byDoctor = <T extends { doctorId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.doctorId);
    if (group) group.push(row);
    else groups.set(row.doctorId, [row]);
  }
  return groups;
};

/** Whether a slot is where and at the part of the day that was asked for, by its location's clock. */
const placeAndTime = (desk: Desk, { locationId, partOfDay }: Search): ((slot: GridSlot) => boolean) => {
  const zones = partOfDay === 'any' ? new Map<string, string>() : zonesOf(desk);
  return (slot) => {
    if (locationId !== undefined && slot.locationId !== locationId) return false;
    if (partOfDay === 'any') return true;
    const zone =
      (slot.locationId === null ? undefined : zones.get(slot.locationId)) ?? zones.get('') ?? 'UTC';
    return localTime(slot.start, zone).hour < 12 === (partOfDay === 'morning');
  };
};

/** The time zone of each location, and the clinic's own under an empty name. */
const zonesOf = ({ replica }: Desk): Map<string, string> =>
  new Map(
    replica
      .statement(`select id, timezone from clinic_locations union all select '', timezone from clinics`)
      .raw()
      .all() as [string, string][],
  );
