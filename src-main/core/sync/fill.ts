import type { CentralConnection } from '../central/connect.ts';
import { copyTable } from '../central/copy.ts';
import { countRows, readHead } from '../central/pull.ts';
import type { Position } from '../replica/desk-state.ts';
import { type CopiedRow, RebuildFile } from '../replica/rebuild.ts';
import { pulledTables } from './tables.ts';

/** The file to fill, and of which clinic. */
export interface Filling {
  clinicId: string;
  file: string;
  key: Uint8Array;
}

/** Filling broke off. `code` is that of the fault behind it: SQLite's, the system's or Postgres's. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

/**
 * Fills a replica's file from one snapshot of central; `onRows` is called now and then with the rows done so far.
 * Rejects with BrokenOff where the connection is lost or the disk is full, and then leaves no file.
 */
export const fill = async (
  central: CentralConnection,
  { clinicId, file, key }: Filling,
  onRows: (done: number, total: number) => void,
): Promise<Position> => {
  const next = new RebuildFile(file, Buffer.from(key));
  try {
    let newest: Position['witness'] = null;
    let done = 0;
    const position = await central.transaction(async () => {
      const head = await readHead(central);
      const total = await countRows(central, pulledTables, clinicId, -1);
      for (const table of pulledTables) {
        const insert = next.inserter(table.name);
        const idAt = table.columns.findIndex(({ name }) => name === 'id');
        const revAt = table.columns.findIndex(({ name }) => name === 'rev');
        const stampAt = table.columns.findIndex(({ name }) => name === 'updated_at');
        await copyTable(central, table, clinicId, (row: CopiedRow) => {
          const id = row[idAt] ?? '';
          const rev = Number(row[revAt]);
          insert(row);
          if (rev > (newest?.rev ?? 0))
            newest = { table: table.name, id, rev, updatedAt: Number(row[stampAt]) };
          done += 1;
          if (done % 1_000 === 0) onRows(done, total);
        });
      }
      onRows(done, total);
      return head;
    }, 'begin isolation level repeatable read read only');
    await central.close();
    next.finish();
    return { ...position, witness: newest };
  } catch (fault) {
    central.destroy();
    next.discard();
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : null;
    throw new BrokenOff(fault instanceof Error ? fault.message : String(fault), code);
  }
};
