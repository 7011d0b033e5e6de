import { isLive, type Status } from '../../contract/status.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, MINUTE } from './sizes.ts';
import type { Stamps, Visit } from './visit.ts';

/** How a visit of an earlier day ended. */
export const settlePast = (visit: Visit, source: Random): void => {
  if (isLive(visit.status)) visit.status = source.pick(pastStatuses);
  visit.stamps = stampsFor(visit, visit.status, visit.end, source);
};
const pastStatuses: Status[] = [...Array<Status>(18).fill('completed'), 'no_show', 'left'];

/** What is known of a visit of a later day. */
export const settleFuture = (visit: Visit, now: number, source: Random): void => {
  if (isLive(visit.status) && source.chance(0.04)) visit.status = 'pending';
  visit.stamps = stampsFor(visit, visit.status, now, source);
  const soon = visit.start - now < 3 * DAY;
  if (visit.status === 'scheduled' && source.chance(soon ? 0.6 : 0.15))
    visit.stamps.confirmed = recently(visit, now);
};

/** Some hours ago, but not before it was booked. */
const recently = (visit: Visit, now: number): number => Math.max(visit.bookedAt + MINUTE, now - 20 * HOUR);

/**
 * The moments that a status implies, in their order and none after `latest`. A visit that ran early or is
 * under way has its moments drawn forward so that they fit.
 */
export const stampsFor = (visit: Visit, status: Status, latest: number, source: Random): Stamps => {
  const minutes = (low: number, high: number) => source.between(low, high) * MINUTE;
  const inRoom = (no: number) => {
    const ready = no - minutes(1, 8);
    return { inRoom: no, ready, arrived: ready - minutes(2, 14) };
  };
  switch (status) {
    case 'completed': {
      const completed = Math.min(visit.end + minutes(-3, 8), latest - MINUTE);
      return { completed, ...inRoom(Math.min(visit.start + minutes(0, 10), completed - 4 * MINUTE)) };
    }
    case 'in_room':
      return inRoom(Math.min(visit.start + minutes(0, 10), latest - MINUTE));
    case 'ready': {
      const ready = latest - minutes(1, 8);
      return { ready, arrived: ready - minutes(3, 15) };
    }
    case 'arrived':
      return { arrived: latest - minutes(1, 14) };
    case 'left':
      return { arrived: Math.min(visit.start, latest - 40 * MINUTE) - minutes(0, 5) };
    case 'cancelled': {
      const last = Math.min(visit.start, latest) - MINUTE;
      return { cancelled: last - source.below(Math.max(1, Math.floor((last - visit.bookedAt) / 2))) };
    }
    case 'held':
      return { heldUntil: latest + 5 * MINUTE };
    default:
      return {};
  }
};

/** Minutes of waiting that are over any sensible limit. */
const LONG_WAIT = 38 * MINUTE;

const set = (visit: Visit, status: Status, now: number, source: Random): void => {
  visit.status = status;
  visit.stamps = stampsFor(visit, status, now, source);
};

/**
 * What stands of a location's day at `now`: each doctor runs some minutes late, has the earlier patients behind,
 * one in the room, the next ones waiting, late or on their way, and the later ones booked. Then whatever a
 * front desk can meet and this day has not is given to the visit that it suits best.
 */
export const settleToday = (visits: readonly Visit[], now: number, source: Random): void => {
  for (const doctor of new Set(visits.map((visit) => visit.doctor))) {
    const delay = source.between(0, 25) * MINUTE;
    for (const visit of visits.filter((one) => one.doctor === doctor)) settleNow(visit, delay, now, source);
  }
  for (const kind of everyKind)
    if (!visits.some((visit) => kind.is(visit, now))) giveTo(visits, kind, now, source);
};

const settleNow = (visit: Visit, delay: number, now: number, source: Random): void => {
  if (!isLive(visit.status)) {
    visit.stamps = stampsFor(visit, visit.status, now, source);
  } else if (visit.end + delay <= now || (visit.overbook && visit.start <= now)) {
    set(visit, source.pick(pastStatuses), now, source);
  } else if (visit.start + delay <= now) {
    set(visit, 'in_room', now, source);
  } else if (visit.start <= now + 30 * MINUTE) {
    set(visit, source.pick(['arrived', 'arrived', 'ready', 'scheduled']), now, source);
  } else {
    set(visit, 'scheduled', now, source);
  }
  if (visit.status === 'scheduled' && source.chance(0.6)) visit.stamps.confirmed = recently(visit, now);
};

interface Kind {
  is(visit: Visit, now: number): boolean;
  give(visit: Visit, now: number, source: Random): void;
  /** Which visit suits best: the one with the least of this. */
  by(visit: Visit, now: number): number;
}

const ofStatus = (status: Status, by: Kind['by']): Kind => ({
  is: (visit) => visit.status === status,
  give: (visit, now, source) => set(visit, status, now, source),
  by,
});
const earliest = (visit: Visit): number => visit.start;
const latest = (visit: Visit): number => -visit.start;
const nearest = (visit: Visit, now: number): number => Math.abs(visit.start - now);

const everyKind: readonly Kind[] = [
  ofStatus('completed', earliest),
  ofStatus('no_show', earliest),
  ofStatus('left', earliest),
  ofStatus('in_room', nearest),
  ofStatus('ready', nearest),
  {
    is: (visit, now) => visit.status === 'arrived' && now - (visit.stamps.arrived ?? now) >= LONG_WAIT,
    give: (visit, now, source) => {
      set(visit, 'arrived', now, source);
      visit.stamps.arrived = now - LONG_WAIT - source.below(10) * MINUTE;
    },
    by: nearest,
  },
  {
    is: (visit, now) => visit.status === 'arrived' && now - (visit.stamps.arrived ?? now) < LONG_WAIT,
    give: (visit, now, source) => set(visit, 'arrived', now, source),
    by: nearest,
  },
  {
    is: (visit, now) => visit.status === 'scheduled' && visit.start < now,
    give: (visit, now, source) => set(visit, 'scheduled', now, source),
    by: (visit, now) => (visit.start < now ? now - visit.start : Number.MAX_VALUE),
  },
  {
    is: (visit, now) =>
      visit.status === 'scheduled' && visit.start > now && visit.stamps.confirmed !== undefined,
    give: (visit, now, source) => {
      set(visit, 'scheduled', now, source);
      visit.stamps.confirmed = recently(visit, now);
    },
    by: latest,
  },
  {
    is: (visit, now) =>
      visit.status === 'scheduled' && visit.start > now && visit.stamps.confirmed === undefined,
    give: (visit, now, source) => set(visit, 'scheduled', now, source),
    by: latest,
  },
  ofStatus('pending', latest),
  ofStatus('held', latest),
  ofStatus('cancelled', latest),
];

/** Only a kind that others have too gives one of its own away, and only a live one: its time is its own. */
const giveTo = (visits: readonly Visit[], kind: Kind, now: number, source: Random): void => {
  const kindOf = (visit: Visit) => everyKind.find((one) => one.is(visit, now));
  const donors = visits.filter(
    (visit) =>
      isLive(visit.status) &&
      !visit.overbook &&
      visits.filter((other) => kindOf(other) === kindOf(visit)).length > 1,
  );
  const [best] = donors.sort((a, b) => kind.by(a, now) - kind.by(b, now));
  if (best) kind.give(best, now, source);
};
