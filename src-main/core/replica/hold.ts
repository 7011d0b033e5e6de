import Database from 'better-sqlite3';

/** Keeps the connections, and with them the locks, from being collected as garbage. */
const held = new Set<Database.Database>();

/**
 * Takes `file` for this process, or answers null while another process has it. The lock is the operating
 * system's, so it ends with the process however that ends. Returns how to let go.
 */
export const holdFile = (file: string): (() => void) | null => {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('begin exclusive');
  } catch (fault) {
    db.close();
    if (fault instanceof Database.SqliteError && fault.code.startsWith('SQLITE_BUSY')) return null;
    throw fault;
  }
  held.add(db);
  return () => {
    held.delete(db);
    db.close();
  };
};
