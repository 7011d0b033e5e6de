import type { ChangeRow } from '../../../src-main/contract/change.ts';
import { fleetingKinds } from '../../../src-main/contract/change.ts';
import { readDeskState } from '../../../src-main/core/replica/desk-state.ts';
import type { Replica } from '../../../src-main/core/replica/open.ts';
import { unanswered } from '../../../src-main/core/replica/outbox.ts';
import { readRow } from '../../../src-main/core/replica/rows.ts';
import { replicatedTable, toDriverRow } from '../../../src-main/core/replica/tables.ts';
import { canonical } from '../../support/compare-rows.ts';
import { Broken } from './broken.ts';

/** What a replica knows of changes, by their ids. */
export interface Known {
  /** In the outbox, among what central answered, or in the inbox. */
  any: Set<string>;
  /** Central's no was taken. */
  refused: Set<string>;
  /** In the inbox, decided or not. */
  inbox: Set<string>;
}

const ids = (replica: Replica, sql: string): string[] => replica.db.prepare(sql).pluck().all() as string[];

/** What a replica knows now. */
export const knownTo = (replica: Replica): Known => {
  const inbox = ids(
    replica,
    `select json_extract(c.value, '$.changeId') from refusals r, json_each(r.changes) c`,
  );
  const outbox = ids(replica, 'select change_id from outbox');
  const answered = ids(replica, 'select change_id from acknowledged');
  return {
    any: new Set([...inbox, ...outbox, ...answered]),
    refused: new Set(ids(replica, `select change_id from acknowledged where outcome = 'refused'`)),
    inbox: new Set(inbox),
  };
};

/**
 * What people were told and what central decided, kept beside the desks. A loss of the only place where something was
 * written down (a disk, a backup put back while nobody else had it) ends what is owed; nothing else does.
 */
export class Truth {
  /** Changes that somebody was told are saved: the id and what they are. */
  readonly told = new Map<string, string>();
  /** Changes that were told as certain, with the desk that told it. */
  readonly certain = new Map<string, string>();
  /**
   * Machines whose leases not every desk knew of when central was put back, and which have not read from it since, and kept
   * copies of their files: another desk that came first may have been given the same slots, which is the stated exception.
   */
  readonly #unshared = new Set<string>();
  /** Changes of which a desk took central's no. */
  readonly refused = new Set<string>();

  /** What waits in a replica after a call was answered was told. */
  noteTold(replica: Replica): void {
    for (const { changeId, kind, state } of unanswered(replica)) {
      if (state === 'waiting' && !fleetingKinds.includes(kind)) this.told.set(changeId, kind);
    }
  }

  /** What the desk shows of an appointment just now is certain: the changes of it that wait are. */
  noteCertain(replica: Replica, machine: string, appointmentId: string): void {
    if (this.#unshared.has(machine)) return;
    const { deskId } = readDeskState(replica);
    for (const { changeId, rows, state } of unanswered(replica)) {
      if (state === 'waiting' && rows.some(({ id }) => id === appointmentId)) {
        this.certain.set(changeId, deskId ?? '');
      }
    }
  }

  /**
   * Central is put back to a backup. What was promised outlives that where every desk knew of the leases that it stands
   * on and the change was not sent yet: then whoever comes first tells them to central. The same goes for what a desk
   * promises after that, until it has told and read the leases of the central that was put back. `replicas` are in the
   * order of their machines, which are named by number.
   */
  forgetUncertain(replicas: readonly Replica[], outcomes: ReadonlyMap<string, string>): void {
    for (const [id, deskId] of this.certain) {
      if (outcomes.has(id) || !isKnownToAll(replicas, deskId)) this.certain.delete(id);
    }
    for (const [place, replica] of replicas.entries()) {
      if (isKnownToAll(replicas, readDeskState(replica).deskId ?? '')) continue;
      this.#unshared.add(String(place)).add(copyOf(String(place)));
    }
  }

  /** A machine gets the file of another one; null: one that has no leases. */
  noteCopied(from: string | null, to: string): void {
    if (from !== null && this.#unshared.has(from)) this.#unshared.add(to);
    else this.#unshared.delete(to);
  }

  /** Central let a desk in and answers it. One that is to be built anew still has the leases of the other history. */
  noteMet(replica: Replica, machine: string): void {
    if (readDeskState(replica).cursor > 0) this.#unshared.delete(machine);
  }

  noteRefused(replica: Replica): void {
    for (const id of knownTo(replica).refused) this.refused.add(id);
  }

  /** Something was lost: what neither a replica nor central has any more cannot be asked for. */
  forgetLost(replicas: readonly Replica[], outcomes: ReadonlyMap<string, string>): void {
    const known = replicas.map(knownTo);
    for (const id of this.told.keys()) {
      const kept = outcomes.get(id) === 'applied' || known.some(({ any }) => any.has(id));
      if (!kept) this.told.delete(id);
      if (!kept) this.certain.delete(id);
    }
    for (const id of this.refused) {
      const kept = outcomes.get(id) === 'refused' || known.some(({ refused }) => refused.has(id));
      if (!kept) this.refused.delete(id);
    }
  }
}

/** The copy of its file that a machine keeps. */
export const copyOf = (machine: string): string => `copy of ${machine}`;

/** Whether every replica has the same leases of a desk. */
const isKnownToAll = (replicas: readonly Replica[], deskId: string): boolean =>
  new Set(replicas.map((replica) => leasesOf(replica, deskId))).size === 1;

const leasesOf = (replica: Replica, deskId: string): string =>
  ids(replica, `select id || ' ' || taken from slot_leases where desk_id = '${deskId}' order by id`).join();

/** What a desk has saved and central has not answered, also not before it lost its last commits, is what it shows. */
export const checkOwnWrites = (replica: Replica): void => {
  const last = new Map<string, { row: ChangeRow; column: string; value: unknown }>();
  const answered = new Set(ids(replica, 'select change_id from acknowledged'));
  for (const { changeId, rows, state } of unanswered(replica)) {
    if (state !== 'waiting' || answered.has(changeId)) continue;
    for (const row of rows) {
      const stored = toDriverRow(replicatedTable(row.table), 'insert' in row ? row.insert : row.set);
      for (const [column, value] of Object.entries(stored)) {
        if (column !== 'created_at') last.set(`${row.table} ${row.id} ${column}`, { row, column, value });
      }
    }
  }
  for (const { row, column, value } of last.values()) {
    const shown = readRow(replica, row.table, row.id)?.[column];
    if (!isSame(shown, value)) {
      throw new Broken(
        'own writes are shown until there is a verdict',
        `${row.table}.${column} of ${row.id} is ${String(shown)} and not ${String(value)}`,
      );
    }
  }
};

/** Columns that hold JSON may have come back from central with their names in another order. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (isJson(one) && isJson(other) && canonical(JSON.parse(one)) === canonical(JSON.parse(other)));

const isJson = (value: unknown): value is string => typeof value === 'string' && /^[[{]/.test(value);
