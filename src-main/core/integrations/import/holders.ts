import { letOthersGo } from '../../let-others-go.ts';
import type { Store } from '../../replica/connection.ts';

/** What of a table no two rows may share, and the replica has no index for; addresses in whatever case. */
const columns = {
  patients: { column: 'email', live: 'deleted_at is null', key: (text: string) => text.toLowerCase() },
  appointments: { column: 'cal_com_uid', live: 'true', key: (text: string) => text },
  payments: { column: 'transaction_ref', live: 'true', key: (text: string) => text },
  cases: { column: 'external_id', live: 'true', key: (text: string) => text },
} as const;
type Held = keyof typeof columns;

const SLICE = 1000;

/** Who has a value that only one row may have: read once, and kept up with what an import adds. */
export class Holders {
  readonly #store: Store;
  readonly #ids: Record<Held, Map<string, string>> = {
    patients: new Map(),
    appointments: new Map(),
    payments: new Map(),
    cases: new Map(),
  };

  private constructor(store: Store) {
    this.#store = store;
  }

  static async read(store: Store): Promise<Holders> {
    const holders = new Holders(store);
    for (const table of Object.keys(columns) as Held[]) await holders.#read(table);
    return holders;
  }

  /** The row that has a value now, other than `id`; null where none has. */
  of(table: Held, value: string, id: string): string | null {
    const { column, live, key } = columns[table];
    const holder = this.#ids[table].get(key(value));
    if (holder === undefined || holder === id) return null;
    const stored = this.#store
      .statement(`select ${column} from ${table} where id = ? and ${live}`)
      .pluck()
      .get(holder) as string | null | undefined;
    return stored != null && key(stored) === key(value) ? holder : null;
  }

  add(table: Held, value: string, id: string): void {
    this.#ids[table].set(columns[table].key(value), id);
  }

  async #read(table: Held): Promise<void> {
    const { column, live } = columns[table];
    const select = `select rowid place, id, ${column} value from ${table}
      where rowid > ? and ${column} is not null and ${live} order by rowid limit ${SLICE}`;
    for (let last = 0; ; await letOthersGo()) {
      const rows = this.#store.statement(select).all(last) as { place: number; id: string; value: string }[];
      for (const { id, value } of rows) this.add(table, value, id);
      const end = rows.at(-1);
      if (!end) return;
      last = end.place;
    }
  }
}
