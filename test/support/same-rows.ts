import type { Replica } from '../../src-main/core/replica/open.ts';
import { columnKind, replicatedTables } from '../../src-main/core/replica/tables.ts';
import { withClient } from './central.ts';

/** What differs between a replica and what its desk may read of central: rows as JSON, by table. Empty when equal. */
export const differences = (deskUrl: string, replica: Replica): Promise<string[]> =>
  withClient(deskUrl, async (desk) => {
    const found: string[] = [];
    for (const { name, columns } of replicatedTables.values()) {
      const list = [...columns.keys()].join(', ');
      const { rows } = await desk.query(`select to_jsonb(t) as row from (select ${list} from ${name}) t`);
      const central = rows.map(({ row }: { row: Record<string, unknown> }) => {
        const plain: Record<string, unknown> = {};
        for (const [column, description] of columns) {
          const value = row[column];
          const instant = columnKind(description) === 'instant' && value !== null;
          plain[column] = instant ? Date.parse(String(value)) : value;
        }
        return canonical(plain);
      });
      const stored = replica.db.prepare(`select ${list} from ${name}`).all() as Record<string, unknown>[];
      const local = stored.map((row) => {
        const plain: Record<string, unknown> = {};
        for (const [column, description] of columns) {
          const value = row[column];
          const kind = columnKind(description);
          if (kind === 'json' && value !== null) plain[column] = JSON.parse(String(value));
          else plain[column] = kind === 'boolean' && value !== null ? value === 1 : value;
        }
        return canonical(plain);
      });
      const [a, b] = [new Set(central), new Set(local)];
      for (const row of a) if (!b.has(row)) found.push(`central ${name} ${row}`);
      for (const row of b) if (!a.has(row)) found.push(`replica ${name} ${row}`);
    }
    return found;
  });

const canonical = (row: Record<string, unknown>): string =>
  JSON.stringify(row, (_, value: unknown) => sorted(value));

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
