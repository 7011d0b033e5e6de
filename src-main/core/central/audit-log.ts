import type { ChainEntry } from '../audit/chain.ts';
import type { ExportedEntry } from '../audit/lines.ts';
import { type Verdict, verifyChain } from '../audit/verify.ts';
import { type AdminResult, asOwner } from './admin.ts';
import type { CentralConnection } from './connect.ts';

/** What became of a clinic's chain. */
export interface VerifiedClinic {
  clinicId: string;
  name: string;
  verdict: Verdict;
}

/** Goes through the audit of one clinic, or of all; `told` is called for each as soon as it is known. */
export const verifyAudit = (
  ownerUrl: string,
  clinicId: string | undefined,
  told: (verified: VerifiedClinic) => void,
): Promise<AdminResult<null>> =>
  asOwner(
    ownerUrl,
    (connection) =>
      connection.transaction(async () => {
        const clinics = await clinicsOf(connection, clinicId);
        if (clinics.length === 0) return noClinic(clinicId);
        for (const { id, name } of clinics) {
          const facts = await chainFacts(connection, id);
          const verdict = await verifyChain(facts, chainEntries(connection, id));
          told({ clinicId: id, name, verdict });
        }
        return { ok: true, value: null };
      }, readOnce),
    0,
  );

/** Which entries leave. */
export interface ExportRange {
  clinicId: string;
  /** ISO 8601 days of the clinic's zone on which it was done, both included. */
  from: string;
  to: string;
}

/** Reads a clinic's entries in the order of the chain; `take` is called with some of them at a time and waited for. */
export const exportAuditLog = (
  ownerUrl: string,
  range: ExportRange,
  take: (entries: ExportedEntry[]) => Promise<void>,
): Promise<AdminResult<null>> =>
  asOwner(
    ownerUrl,
    (connection) =>
      connection.transaction(async () => {
        if ((await clinicsOf(connection, range.clinicId)).length === 0) return noClinic(range.clinicId);
        const rows = pages<ExportedEntry>(connection, exportSql, [range.clinicId, range.from, range.to]);
        for await (const page of rows) await take(page);
        return { ok: true, value: null };
      }, readOnce),
    0,
  );

/** What a drop took from a clinic: so many entries, the last of which had this number. */
export interface DroppedEntries {
  clinicId: string;
  entries: number;
  seq: number;
}

/** Drops what arrived before the first of a month (`2020-01`), for every clinic; the chains go on from there. */
export const dropAuditLog = (ownerUrl: string, month: string): Promise<AdminResult<DroppedEntries[]>> =>
  asOwner(
    ownerUrl,
    async (connection) => {
      const rows = await connection.query<{ clinic_id: string; entries: string; seq: string }>(
        'select clinic_id, entries, seq from drop_audit($1)',
        [`${month}-01`],
      );
      return {
        ok: true,
        value: rows.map(({ clinic_id, entries, seq }) => ({
          clinicId: clinic_id,
          entries: Number(entries),
          seq: Number(seq),
        })),
      };
    },
    0,
  );

/** One state of the log, however long it takes to read, and nobody waits for the reader. */
const readOnce = 'begin isolation level repeatable read read only';

const clinicsOf = (connection: CentralConnection, clinicId: string | undefined) =>
  connection.query<{ id: string; name: string }>(
    'select clinic_id as id, name from clinics where $1::text is null or clinic_id::text = $1 order by name, id',
    [clinicId ?? null],
  );

const noClinic = (clinicId: string | undefined): AdminResult<never> => ({
  ok: false,
  error: { code: 'no_such_clinic', message: `There is no clinic ${clinicId ?? ''}.` },
});

const chainFacts = async (connection: CentralConnection, clinicId: string) => {
  const [head] = await connection.query<{ seq: string; hash: string }>(
    `select seq, encode(hash, 'hex') as hash from audit_heads where clinic_id = $1`,
    [clinicId],
  );
  const [dropped] = await connection.query<{ seq: string; hash: string }>(
    `select after->>'seq' as seq, after->>'hash' as hash from audit_log
     where clinic_id = $1 and action = 'dropAudit' and table_name is null order by seq desc limit 1`,
    [clinicId],
  );
  const redacted = await connection.query<{ seq: string; hash: string }>(
    `select r.key as seq, r.value as hash from audit_log a, jsonb_each_text(a.after->'redacted') r
     where a.clinic_id = $1 and a.action = 'redactHistory' order by a.seq`,
    [clinicId],
  );
  return {
    clinicId,
    head: head ? { seq: Number(head.seq), hash: head.hash } : null,
    dropped: dropped ? { seq: Number(dropped.seq), hash: dropped.hash } : null,
    redactions: new Map(redacted.map(({ seq, hash }) => [Number(seq), hash])),
  };
};

const pageRows = 2_000;

/** Rows of a query, some at a time: a cursor's, inside the caller's transaction. */
async function* pages<R extends object>(
  connection: CentralConnection,
  sql: string,
  values: unknown[],
): AsyncGenerator<R[]> {
  await connection.query(`declare audit_rows no scroll cursor for ${sql}`, values);
  for (;;) {
    const rows = await connection.query<R & Record<string, unknown>>(`fetch ${pageRows} from audit_rows`);
    if (rows.length === 0) break;
    yield rows;
  }
  await connection.query('close audit_rows');
}

async function* chainEntries(connection: CentralConnection, clinicId: string): AsyncGenerator<ChainEntry> {
  for await (const page of pages<Omit<ChainEntry, 'seq'> & { seq: string | null }>(connection, chainSql, [
    clinicId,
  ])) {
    for (const row of page) yield { ...row, seq: row.seq === null ? null : Number(row.seq) };
  }
}

const chainSql = `
  select seq, id::text, change_id as "changeId", desk_id as "deskId", actor, session_id as "sessionId", action,
    table_name as "tableName", row_id as "rowId", epoch_ms(done_at) as "doneAt", epoch_ms(arrived_at) as "arrivedAt",
    before::text, after::text, encode(salt, 'hex') as salt, encode(content_hash, 'hex') as "contentHash",
    encode(hash, 'hex') as hash
  from audit_log where clinic_id = $1 order by seq nulls first, id`;

/** An instant as the contract writes it. */
const isoText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const exportSql = `
  select a.seq::integer, ${isoText('a.done_at')} as done_at, ${isoText('a.arrived_at')} as arrived_at, a.action,
    coalesce(u.display_name, u.username, u.email) as person, a.actor as person_id, a.session_id is not null as proven,
    d.name as desk, a.desk_id, a.table_name as "table", a.row_id, a.before, a.after, a.erased_at is not null as erased,
    encode(a.hash, 'hex') as hash
  from audit_log a
  left join users u on u.clinic_id = a.clinic_id and u.id = a.actor
  left join desks d on d.clinic_id = a.clinic_id and d.id = a.desk_id
  join clinics c on c.clinic_id = a.clinic_id
  where a.clinic_id = $1 and a.done_at >= $2::date::timestamp at time zone c.timezone
    and a.done_at < ($3::date + 1)::timestamp at time zone c.timezone
  order by a.seq`;
