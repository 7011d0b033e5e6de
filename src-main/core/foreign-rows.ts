/** A row of another program's database: every value as the text that its database writes, UTC and ISO where it is a time. */
export type TextRow = Record<string, string | null>;

/** Columns of another table under names of their own, for the row whose `key` is the first row's `by`. */
export interface Joined {
  table: string;
  key: string;
  by: string;
  columns: Readonly<Record<string, string>>;
}

/** What is read of a table: some of its columns, and some of tables beside it. Names are written in code. */
export interface TextSelection {
  table: string;
  /** The column that names a row and gives the order of reading. */
  key: string;
  columns: readonly string[];
  joined?: readonly Joined[];
}

/** Another program's database, open for reading only. */
export interface TextDatabase {
  /** `database at host`, or the file's name: no password. */
  readonly name: string;
  /** The columns of a table; empty where there is no such table. */
  columnsOf(table: string): Promise<ReadonlySet<string>>;
  count(table: string): Promise<number>;
  /** Rows in the order of their key as text, after `after`, in pieces. Throws what the driver throws. */
  read(selection: TextSelection, after: string | null): AsyncIterable<readonly TextRow[]>;
  close(): Promise<void>;
}

/** The statement that both kinds of database understand; `after` is the parameter, `binary` the collation by bytes. */
export const textSelect = (
  { table, key, columns, joined = [] }: TextSelection,
  dialect: { after: string; binary: string },
): string => {
  const text = (from: string, column: string, as: string) => `cast(${from}."${column}" as text) as "${as}"`;
  const order = `cast(t."${key}" as text)${dialect.binary}`;
  const selected = [
    ...columns.map((column) => text('t', column, column)),
    ...joined.flatMap((one, n) =>
      Object.entries(one.columns).map(([as, column]) => text(`j${n}`, column, as)),
    ),
  ];
  const joins = joined.map(
    (one, n) => ` left join "${one.table}" j${n} on j${n}."${one.key}" = t."${one.by}"`,
  );
  return `select ${selected.join(', ')} from "${table}" t${joins.join('')}
    where ${dialect.after} is null or ${order} > ${dialect.after} order by ${order}`;
};
