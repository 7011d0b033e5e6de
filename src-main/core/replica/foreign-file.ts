import Database from 'better-sqlite3';
import { type TextDatabase, type TextRow, type TextSelection, textSelect } from '../foreign-rows.ts';

const PIECE = 200;

/**
 * Opens another program's SQLite file for reading; nothing is written to it or beside it. `damaged` where it is no SQLite
 * file, `file_missing` where it cannot be opened.
 */
export const openForeignFile = (
  file: string,
  name: string,
): { ok: true; value: TextDatabase } | { ok: false; error: 'damaged' | 'file_missing' } => {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    db.prepare('select count(*) from sqlite_master').get();
    return { ok: true, value: databaseIn(db, name) };
  } catch (fault) {
    db?.close();
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    return { ok: false, error: code === 'SQLITE_CANTOPEN' ? 'file_missing' : 'damaged' };
  }
};

const databaseIn = (db: Database.Database, name: string): TextDatabase => ({
  name,
  columnsOf: async (table) =>
    new Set(db.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[]),
  count: async (table) => db.prepare(`select count(*) from "${table}"`).pluck().get() as number,
  read: (selection, after) => pieces(db, selection, after),
  close: async () => void db.close(),
});

/** One statement for each piece, so that nothing holds the file between two. */
async function* pieces(
  db: Database.Database,
  selection: TextSelection,
  after: string | null,
): AsyncGenerator<TextRow[]> {
  const select = db.prepare(
    `${textSelect(selection, { after: '@after', binary: ' collate binary' })} limit ${PIECE}`,
  );
  for (let last = after; ; ) {
    const rows = select.all({ after: last }) as TextRow[];
    const key = rows.at(-1)?.[selection.key];
    if (key === undefined || key === null) return;
    yield rows;
    last = key;
  }
}
