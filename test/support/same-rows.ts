import type { Replica } from '../../src-main/core/replica/open.ts';
import { replicatedTables } from '../../src-main/core/replica/tables.ts';
import { withClient } from './central.ts';
import { compareTable } from './compare-rows.ts';

/** What differs between a replica and what its desk may read of central: rows as JSON, by table. Empty when equal. */
export const differences = (deskUrl: string, replica: Replica): Promise<string[]> =>
  withClient(deskUrl, async (desk) => {
    const found: string[] = [];
    for (const table of replicatedTables.values()) {
      const list = [...table.columns.keys()].join(', ');
      const { rows } = await desk.query(
        `select to_jsonb(t) as row from (select ${list} from ${table.name}) t`,
      );
      found.push(
        ...compareTable(
          replica,
          table,
          rows.map(({ row }: { row: Record<string, unknown> }) => row),
        ),
      );
    }
    return found;
  });
