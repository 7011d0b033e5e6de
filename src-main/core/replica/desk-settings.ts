import type { Store } from './connection.ts';
import type { Replica } from './open.ts';

/** What is set at this desk alone, by name, as it was written; undefined where nothing was. */
export const readSetting = (store: Store, name: string): unknown => {
  const value = store.statement('select value from desk_settings where name = ?').pluck().get(name) as
    | string
    | null
    | undefined;
  return value == null ? undefined : JSON.parse(value);
};

/** Sets it; undefined takes it away. Announced like a table, so that screens of this desk read again. */
export const writeSetting = (replica: Replica, name: string, value: unknown): void => {
  if (value === undefined) replica.statement('delete from desk_settings where name = ?').run(name);
  else
    replica
      .statement(
        `insert into desk_settings (name, value) values (?, ?)
         on conflict (name) do update set value = excluded.value`,
      )
      .run(name, JSON.stringify(value));
  replica.announce(new Set(['desk_settings']));
};
