import { join } from 'node:path';
import pg from 'pg';
import { addDesk } from '../../src-main/core/central/admin.ts';
import { connectCentral } from '../../src-main/core/central/connect.ts';
import { countRows } from '../../src-main/core/central/pull.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { loadSample } from '../../src-main/core/sample/load.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { pulledTables } from '../../src-main/core/sync/tables.ts';
import { startDesk } from '../bench/live-desk.ts';
import { until } from '../support/until.ts';
import { clinicWith, onOwner } from './clinic.ts';
import type { Found } from './found.ts';
import { divideAll } from './partitions.ts';
import type { Servers } from './servers.ts';

const parts = 8;
const clinics = 12;

/** Many clinics in one database whose tables are divided by clinic. */
export const manyClinics = async (servers: Servers): Promise<Found[]> => {
  const ownerUrl = await servers.postgres();
  const urls = await clinicWith(ownerUrl, 2);
  for (let seed = 2; seed <= clinics; seed += 1) {
    const { clinicId } = await loadSample(ownerUrl, { patients: 200, appointments: 200, seed });
    const added = await addDesk(ownerUrl, { clinicId, name: 'Scale 1' });
    if (!added.ok) throw new Error(added.error.message);
    urls.push(added.value.url);
  }
  const [first = '', second = '', third = ''] = urls;
  const before = await rowsOf(third);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const { tables, found } = await divideAll(owner, parts).finally(() => owner.end());
  const otherwise = found.map(({ table, what, why }) => ({ what: `${table}: ${what}`, came: why }));
  return [
    {
      what: `${tables} tables divided into ${parts} by clinic_id`,
      came: `${found.length} things made otherwise`,
    },
    ...otherwise,
    {
      what: 'a desk of another clinic',
      came: (await rowsOf(third)) === before ? 'reads the same rows' : 'reads others',
    },
    { what: 'two desks of one clinic', came: await inStep(first, second, servers) },
    { what: 'one time sold twice', came: await soldTwice(ownerUrl) },
    { what: 'the plan of a pull', came: await pulledFrom(ownerUrl) },
  ];
};

const rowsOf = async (url: string): Promise<number> => {
  const connected = await connectCentral(url, { application: 'anteroom-scale' });
  if (!connected.ok) throw new Error(connected.error.message);
  const [row] = await connected.value.query<{ clinic: string }>(`select whoami()->>'clinic_id' as clinic`);
  const rows = await countRows(connected.value, pulledTables, row?.clinic ?? '', -1);
  await connected.value.close();
  return rows;
};

const inStep = async (first: string, second: string, servers: Servers): Promise<string> => {
  const [a, b] = [
    await startDesk(first, join(servers.folder, 'a.db')),
    await startDesk(second, join(servers.folder, 'b.db')),
  ];
  const id = String(a.replica.statement('select id from patients limit 1').pluck().get());
  writeChange(a, { kind: 'updatePatient', actor: null }, (change) =>
    change.update(patients, id, { notes: 'Seen' }),
  );
  const there = b.replica.statement('select notes from patients where id = ?').pluck();
  try {
    await until('the other desk reads it', () => there.get(id) === 'Seen', 20_000);
    return 'a change of the one is at the other';
  } finally {
    await a.close();
    await b.close();
  }
};

/** Puts a copy of a live appointment beside it, as no desk can. */
const soldTwice = async (ownerUrl: string): Promise<string> => {
  try {
    await onOwner(
      ownerUrl,
      `create temporary table twice as select * from appointments 
         where status not in ('cancelled', 'no_show', 'left') and overbook_reason is null limit 1;
       alter table twice drop column duration_minutes;
       update twice set id = gen_random_uuid();
       do $$ declare list text; begin
         select string_agg(quote_ident(column_name), ', ') into list from information_schema.columns
           where table_name = 'twice' and column_name <> 'duration_minutes';
         if not exists (select from twice) then raise exception 'no live appointment to copy'; end if;
         execute format('insert into appointments (%1$s) select %1$s from twice', list);
       end $$`,
    );
    return 'taken';
  } catch (fault) {
    return fault instanceof pg.DatabaseError
      ? `refused: ${fault.constraint ?? fault.message}`
      : String(fault);
  }
};

/** How many partitions a desk's question for news opens. */
const pulledFrom = async (ownerUrl: string): Promise<string> => {
  const [clinic] = await onOwner<{ id: string }>(ownerUrl, 'select id from clinics limit 1');
  const rows = await onOwner<{ 'QUERY PLAN': string }>(
    ownerUrl,
    `explain (costs off) select id from appointments
     where clinic_id = '${clinic?.id}' and rev > 10 order by rev limit 100`,
  );
  const opened = rows.filter((row) => row['QUERY PLAN'].includes('on appointments'));
  return `opens ${opened.length} partition of ${parts}`;
};
