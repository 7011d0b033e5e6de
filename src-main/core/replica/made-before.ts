import type { Store } from './connection.ts';
import { readDeskState } from './desk-state.ts';

/**
 * A change that was made before this desk began its present stream says so by the incarnation of then, under which the slots
 * were kept that it may take: what a person was promised outlives a copied, restored or rescued replica. Kept by change.
 */
const prefix = 'made_by/';

/** Earlier incarnations of this desk that nobody works as any more. */
const overName = 'incarnations_over';

/** Notes under which incarnation changes were made. One that was noted before stays as it was. */
export const noteMadeBefore = (store: Store, incarnation: string, changeIds: readonly string[]): void => {
  const note = store.statement('insert or ignore into desk_settings (name, value) values (?, ?)');
  for (const id of changeIds) note.run(prefix + id, JSON.stringify(incarnation));
};

/** Notes that nobody works as an incarnation any more: its leases are given back when what it made is answered. */
export const noteOver = (store: Store, incarnation: string): void =>
  setOver(store, [...over(store), incarnation]);

/** Notes that the leases of earlier incarnations were given back. */
export const forgetOver = (store: Store, gone: ReadonlySet<string>): void =>
  setOver(
    store,
    over(store).filter((each) => !gone.has(each)),
  );

/** Set in a replica that followed another one, which somebody may still work as: it was copied, restored or rescued. */
const followsName = 'follows_another';

/** Notes that this replica follows another one, or that what was before it is settled. */
export const noteFollows = (store: Store): void =>
  void store
    .statement('insert or ignore into desk_settings (name, value) values (?, ?)')
    .run(followsName, 'true');

/**
 * A replica that was made empty takes over from whatever this desk had before: nobody works as that any more, and what it
 * kept is given back. Once in a replica's life.
 */
export const takeOver = (store: Store): void => {
  if (store.statement('select 1 from desk_settings where name = ?').get(followsName) !== undefined) return;
  const { deskId, incarnation } = readDeskState(store);
  const others = store
    .statement('select distinct incarnation from slot_leases where desk_id = ? and incarnation <> ?')
    .pluck()
    .all(deskId, incarnation) as string[];
  for (const each of others) noteOver(store, each);
  noteFollows(store);
};

const setOver = (store: Store, incarnations: readonly string[]): void => {
  if (incarnations.length === 0) store.statement('delete from desk_settings where name = ?').run(overName);
  else
    store
      .statement(
        'insert into desk_settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      )
      .run(overName, JSON.stringify(incarnations));
};

const over = (store: Store): string[] => {
  const value = store.statement('select value from desk_settings where name = ?').pluck().get(overName);
  return value === undefined ? [] : (JSON.parse(String(value)) as string[]);
};

/** The incarnations that are over and whose changes are all answered. */
export const settledIncarnations = (store: Store): string[] => {
  const incarnations = over(store);
  if (incarnations.length === 0) return [];
  const unanswered = new Set(
    store
      .statement(
        `select distinct json_extract(s.value, '$') from outbox o join desk_settings s on s.name = '${prefix}' || o.change_id
         where o.state in ('waiting', 'void')`,
      )
      .pluck()
      .all() as string[],
  );
  return incarnations.filter((each) => !unanswered.has(each));
};

/** The SQL of who made a change of an earlier stream, null for those of this one; `change` names the row's table. */
export const madeBySql = (change: string): string =>
  `(select json_extract(value, '$') from desk_settings where name = '${prefix}' || ${change}.change_id)`;

/** Lets go of what was noted of changes that are not kept any more. */
export const forgetMadeBefore = (store: Store): void => {
  store
    .statement(
      `delete from desk_settings where name like '${prefix}%'
         and not exists (select 1 from outbox where change_id = substr(name, ${prefix.length + 1}))
         and not exists (select 1 from acknowledged where change_id = substr(name, ${prefix.length + 1}))`,
    )
    .run();
};
