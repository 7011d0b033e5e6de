import { z } from 'zod';
import { Instant } from '../../../contract/values.ts';
import { iso } from '../../clinic-day.ts';
import { letOthersGo } from '../../let-others-go.ts';
import { integrations } from '../../schema/replica/index.ts';
import { type Ran, ran } from '../http.ts';
import type { CalCom } from './client.ts';
import { mirror, movedOnFrom } from './mirror.ts';
import { rowOfUid } from './rows.ts';
import { change, type Scope } from './scope.ts';
import type { Booking } from './shapes.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** So far back a reading begins before the last one's newest: what Cal.com committed late is not missed. */
const OVERLAP = 5 * MINUTE;
/** What began longer ago than this when the clinic first read is none of the board's business. */
const BACK = DAY;
/** Everything that is still to come is read once a day, whatever the cursor says. */
const WHOLE_EVERY = DAY;
/** Rows of one change. */
const AT_ONCE = 50;

/** How far Cal.com was read (`integrations.position`): `since` by its own clock. */
const Position = z.object({ from: Instant, since: Instant, wholeAt: Instant });
type Position = z.infer<typeof Position>;

/**
 * Reads what was booked or changed at Cal.com since the last time, and writes it down; the cursor goes with the last of
 * it, in one change. `updatedAt` may be null, so new ones are asked for by themselves.
 */
export const poll = async (
  scope: Scope,
  cal: CalCom,
  progress: (done: number, total: number) => void,
): Promise<Ran<null>> => {
  const now = Date.parse(scope.desk.now());
  const before = readPosition(scope);
  const whole = before === undefined || Date.parse(before.wholeAt) + WHOLE_EVERY <= now;
  const from = before?.from ?? iso(now - BACK);
  const told = whole
    ? await cal.bookings({ afterStart: iso(now - BACK), sortStart: 'asc' })
    : await newest(cal, iso(Date.parse(before.since) - OVERLAP));
  if (!told.ok) return told;
  const bookings = await withSuccessors(
    scope,
    cal,
    told.value.filter((booking) => isOurs(scope, booking, from)),
  );
  if (!bookings.ok) return bookings;
  await write(scope, bookings.value, progress, {
    from,
    since: newestOf(bookings.value, before?.since ?? iso(now - 60 * MINUTE)),
    wholeAt: whole ? iso(now) : before.wholeAt,
  });
  return ran(null);
};

/** The newest first, so that what comes in while pages are read pushes the others on and none is passed over. */
const newest = async (cal: CalCom, since: string): Promise<Ran<Booking[]>> => {
  const changed = await cal.bookings({ afterUpdatedAt: since, sortUpdatedAt: 'desc' });
  if (!changed.ok) return changed;
  const made = await cal.bookings({ afterCreatedAt: since, sortCreated: 'desc' });
  if (!made.ok) return made;
  const all = new Map([...changed.value, ...made.value].map((booking) => [booking.uid, booking]));
  return ran([...all.values()]);
};

const isOurs = ({ desk }: Scope, booking: Booking, from: string): boolean =>
  booking.end > from || rowOfUid(desk, booking.uid) !== undefined;

/** Where a booking that stands here was moved on, with what it was moved on to, however often. */
const withSuccessors = async (scope: Scope, cal: CalCom, told: Booking[]): Promise<Ran<Booking[]>> => {
  const all = new Map(told.map((booking) => [booking.uid, booking]));
  for (const booking of all.values()) {
    const next =
      movedOnFrom(scope, booking) ??
      (isIn(all, booking.rescheduledFromUid) ? booking.rescheduledToUid : null);
    if (next === null || all.has(next)) continue;
    const successor = await cal.booking(next);
    if (!successor.ok) return successor;
    if (successor.value) all.set(next, successor.value);
  }
  // A move comes after what it moved, so that the row goes along step by step.
  return ran(
    [...all.values()].sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0)),
  );
};

const isIn = (all: ReadonlyMap<string, Booking>, uid: string | null): boolean => uid !== null && all.has(uid);

const newestOf = (bookings: readonly Booking[], since: string): string =>
  bookings.reduce((latest, { createdAt, updatedAt }) => {
    const at = updatedAt !== null && updatedAt > createdAt ? updatedAt : createdAt;
    return at > latest ? at : latest;
  }, since);

const write = async (
  scope: Scope,
  bookings: readonly Booking[],
  progress: (done: number, total: number) => void,
  position: Position,
): Promise<void> => {
  for (let done = 0; done < bookings.length; done += AT_ONCE) {
    await letOthersGo();
    const last = done + AT_ONCE >= bookings.length;
    change(scope, (writer) => {
      for (const booking of bookings.slice(done, done + AT_ONCE)) mirror(scope, writer, booking);
      if (last) keepPosition(scope, writer, position);
    });
    progress(Math.min(done + AT_ONCE, bookings.length), bookings.length);
  }
  if (bookings.length === 0) change(scope, (writer) => keepPosition(scope, writer, position));
};

const rowOfSource = ({ desk }: Scope) =>
  desk.replica.orm
    .select()
    .from(integrations)
    .all()
    .find(({ source }) => source === 'cal_com');

const readPosition = (scope: Scope): Position | undefined =>
  Position.safeParse(rowOfSource(scope)?.position).data;

const keepPosition = (
  scope: Scope,
  writer: Parameters<Parameters<typeof change>[1]>[0],
  position: Position,
): void => {
  const row = rowOfSource(scope);
  const before = Position.safeParse(row?.position).data;
  const same =
    before?.from === position.from && before.since === position.since && before.wholeAt === position.wholeAt;
  if (row && !same) writer.update(integrations, row.id, { position });
};
