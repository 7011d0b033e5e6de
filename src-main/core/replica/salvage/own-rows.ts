import type { FoundRow } from './patchwork.ts';
import { type OwnTable, ownTables } from './shapes.ts';

/** What tells the rows of a table apart. */
const keys: Record<OwnTable, string> = {
  desk_state: 'id',
  outbox: 'change_id',
  refusals: 'change_id',
  desk_settings: 'name',
  audit_events: 'id',
  acknowledged: 'change_id',
};

/** Rows of the desk's own tables, each once; what is added later stands for what was there before. */
export class OwnRows {
  readonly #tables = new Map(ownTables.map((table) => [table, new Map<unknown, FoundRow>()]));

  add(table: OwnTable, row: FoundRow): void {
    this.#tables.get(table)?.set(row[keys[table]], row);
  }

  addAll(others: OwnRows): void {
    for (const table of ownTables) for (const row of others.rows(table)) this.add(table, row);
  }

  rows(table: OwnTable): FoundRow[] {
    return [...(this.#tables.get(table)?.values() ?? [])];
  }

  has(table: OwnTable, key: unknown): boolean {
    return this.#tables.get(table)?.has(key) ?? false;
  }
}
