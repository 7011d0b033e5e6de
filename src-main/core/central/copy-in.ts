import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Rows of one table under their names in the schema; all of them set the same columns. */
export interface CopyBatch {
  table: PgTable;
  rows: readonly object[];
}

/** The commit that carries all rows of a clinic that was copied in whole. */
const FIRST_REV = 1;

/**
 * Copies a whole new clinic into central in one transaction, as commit 1 of that clinic, and answers its id and the
 * number of rows by table. The first row is the clinic's. Triggers and reference checks are off, so the rows
 * must be right by construction; unique, exclusion and check constraints hold as ever. What triggers
 * keep (rating, next free slot) is brought up to date at the end. The connection must be allowed to set
 * session_replication_role: a superuser's is, and one to whom it was granted.
 */
export const copyClinic = async (
  ownerUrl: string,
  batches: Iterable<CopyBatch>,
): Promise<{ clinicId: string; counts: Record<string, number> }> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    const counts: Record<string, number> = {};
    let clinicId = '';
    for (const { table, rows } of batches) {
      const [first] = rows;
      if (!first) continue;
      if (clinicId === '' && 'clinicId' in first) clinicId = String(first.clinicId);
      const { name } = getTableConfig(table);
      counts[name] = (counts[name] ?? 0) + rows.length;
      await copyRows(client, table, rows);
    }
    await bringUpToDate(client, clinicId);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return { clinicId, counts };
  } finally {
    await client.end();
  }
};

const bringUpToDate = async (client: pg.Client, clinicId: string): Promise<void> => {
  await client.query('INSERT INTO heads (clinic_id, seq, tx) VALUES ($1, $2, pg_current_xact_id())', [
    clinicId,
    FIRST_REV,
  ]);
  await client.query(
    `UPDATE doctors d SET rating = r.average, review_count = r.number
     FROM (SELECT doctor_id, round(avg(stars), 2) AS average, count(*)::integer AS number FROM reviews
           WHERE clinic_id = $1 AND deleted_at IS NULL GROUP BY doctor_id) r
     WHERE d.clinic_id = $1 AND d.id = r.doctor_id`,
    [clinicId],
  );
  await client.query('ANALYZE doctor_time_slots, appointments');
  await client.query('SELECT refresh_next_available($1, id) FROM doctors WHERE clinic_id = $1', [clinicId]);
};

/** How much text is handed to the connection at once, in characters. */
const CHUNK = 1 << 18;

const copyRows = async (client: pg.Client, table: PgTable, rows: readonly object[]): Promise<void> => {
  const columns = getTableColumns(table);
  const keys = Object.keys(columns).filter((key) => key in (rows[0] ?? {}));
  const names = keys.map((key) => columns[key]?.name);
  const stamped = 'rev' in columns;
  const listed = [...names, ...(stamped ? ['rev'] : [])].map((name) => `"${name}"`).join(', ');
  const stream = client.query(copyFrom(`COPY "${getTableConfig(table).name}" (${listed}) FROM STDIN`));
  const done = finished(stream);
  const ending = stamped ? `\t${FIRST_REV}\n` : '\n';
  let text = '';
  for (const row of rows) {
    const values = row as Record<string, unknown>;
    text += keys.map((key) => inCopyText(values[key])).join('\t') + ending;
    if (text.length > CHUNK) {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done]);
      text = '';
    }
  }
  stream.end(text);
  await done;
};

/** A value in COPY's text format. */
export const inCopyText = (value: unknown): string => {
  if (value === null || value === undefined) return '\\N';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, escaped) : text;
};

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (character: string): string => escapes[character] ?? character;
