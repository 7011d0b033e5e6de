import type { Store } from './connection.ts';
import { readDeskState } from './desk-state.ts';
import type { RowHistory } from './layers.ts';
import type { Replica } from './open.ts';

/** A slot that is kept for a desk. Times are epoch milliseconds. */
export interface SlotLease {
  /** The slot's id. */
  id: string;
  doctorId: string;
  /** The room that is kept along; null where none is. */
  roomId: string | null;
  start: number;
  end: number;
  deskId: string;
  incarnation: string;
  taken: number;
  /** Since when another desk asks for it, by central's clock. */
  wantedAt: number | null;
}

const LEASE = `select id, doctor_id doctorId, room_id roomId, starts_at start, ends_at "end", desk_id deskId, incarnation,
    taken, wanted_at wantedAt
  from slot_leases where desk_id is not null`;

const LEASES_BETWEEN = `${LEASE} and (@doctorIds is null or doctor_id in (select value from json_each(@doctorIds)))
    and starts_at < @to and starts_at > @from - ${12 * 3_600_000} and ends_at > @from
  order by starts_at`;
const OWN_LEASES = `${LEASE} and desk_id = (select desk_id from desk_state)`;

/** The leases of some doctors, or of all, that reach into a stretch of time, by start. */
export const leasesBetween = (
  store: Store,
  doctorIds: readonly string[] | null,
  from: number,
  to: number,
): SlotLease[] =>
  store
    .statement(LEASES_BETWEEN)
    .all({ doctorIds: doctorIds && JSON.stringify(doctorIds), from, to }) as SlotLease[];

/** What this desk keeps, in whatever incarnation, and has not begun to give back. */
export const ownLeases = (store: Store): SlotLease[] => {
  const own = allOwn(store);
  if (own.length === 0) return own;
  const returned = readReturned(store);
  return own.filter(({ id, taken }) => (returned[id] ?? 0) < taken);
};

/** What this desk gives back, and central may not have taken yet. */
export const leasesUnderReturn = (store: Store): SlotLease[] => {
  const returned = readReturned(store);
  return allOwn(store).filter(({ id, taken }) => (returned[id] ?? 0) >= taken);
};

const allOwn = (store: Store): SlotLease[] => store.statement(OWN_LEASES).all() as SlotLease[];

/** Which leases this desk began to give back, by slot, with the number that each then had. */
const returnedName = 'leases_returned';

const readReturned = (store: Store): Record<string, number> => {
  const value = store.statement('select value from desk_settings where name = ?').pluck().get(returnedName);
  return value === undefined ? {} : (JSON.parse(String(value)) as Record<string, number>);
};

/**
 * Begins to give leases back. From its commit on this desk promises nothing on them, also after a crash; only then may
 * central be told. What central has taken back since is forgotten.
 */
export const beginReturn = (replica: Replica, leases: readonly SlotLease[]): void => {
  replica.db
    .transaction(() => {
      const numbers = new Map(allOwn(replica).map(({ id, taken }) => [id, taken]));
      const before = Object.entries(readReturned(replica)).filter(([id, taken]) => numbers.get(id) === taken);
      const now = [...before, ...leases.map(({ id, taken }) => [id, taken] as const)];
      replica
        .statement(
          'insert into desk_settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
        )
        .run(returnedName, JSON.stringify(Object.fromEntries(now)));
    })
    .immediate();
  replica.announce(new Set(['desk_settings']));
};

/** Whether an appointment of this desk that central has not answered may come to stand in a lease. */
export const isStoodOn = (lease: SlotLease, histories: Iterable<RowHistory>): boolean => {
  for (const { steps } of histories)
    for (const { row } of steps)
      if (
        !freeing.has(String(row['status'])) &&
        (row['slot_id'] === lease.id ||
          (row['doctor_id'] === lease.doctorId &&
            Number(row['scheduled_at']) < lease.end &&
            Number(row['ends_at']) > lease.start))
      )
        return true;
  return false;
};

const freeing: ReadonlySet<string> = new Set(['cancelled', 'no_show', 'left']);

/** Every row of the leases as central is told it: what this desk gives back is nobody's. Instants as ISO 8601 UTC. */
export const toldLeases = (store: Store, endingAfter: number): Record<string, unknown>[] => {
  const returned = readReturned(store);
  const rows = store
    .statement(
      `select id, doctor_id, room_id, starts_at, ends_at, desk_id, incarnation, taken, granted_at
       from slot_leases where ends_at > ?`,
    )
    .all(endingAfter) as Record<string, unknown>[];
  const { deskId } = readDeskState(store);
  return rows.map((row) => {
    const gone = row['desk_id'] === deskId && (returned[String(row['id'])] ?? 0) >= Number(row['taken']);
    return {
      ...row,
      starts_at: new Date(Number(row['starts_at'])).toISOString(),
      ends_at: new Date(Number(row['ends_at'])).toISOString(),
      granted_at: row['granted_at'] === null ? null : new Date(Number(row['granted_at'])).toISOString(),
      ...(gone
        ? { desk_id: null, incarnation: null, granted_at: null, taken: Number(row['taken']) + 1 }
        : {}),
    };
  });
};

const namesName = 'lease_desks';

/** Notes the names of the desks that keep slots, by id, as central says them. */
export const noteLeaseDesks = (store: Store, names: Readonly<Record<string, string>>): void => {
  store
    .statement(
      `insert into desk_settings (name, value) values (?, ?)
       on conflict (name) do update set value = excluded.value where value <> excluded.value`,
    )
    .run(namesName, JSON.stringify(names));
};

/** The name of a desk that keeps slots; null where central has not said it yet. */
export const leaseDeskName = (store: Store, deskId: string): string | null => {
  const value = store.statement('select value from desk_settings where name = ?').pluck().get(namesName);
  return value === undefined ? null : ((JSON.parse(String(value)) as Record<string, string>)[deskId] ?? null);
};
