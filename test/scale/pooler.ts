import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { connectCentral } from '../../src-main/core/central/connect.ts';
import { randomPassword, setOwnPassword, withPassword } from '../../src-main/core/central/own-password.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { type OnlineDesk, startDesk } from '../bench/live-desk.ts';
import { spreadOf } from '../bench/result.ts';
import { until } from '../support/until.ts';
import { clinicWith, onOwner } from './clinic.ts';
import type { Found } from './found.ts';
import { peopleAtWork } from './people.ts';
import type { Servers } from './servers.ts';

/** Backends that pgbouncer may hold at central, for all desks together. */
const backends = 10;
const desks = 30;
const changes = 40;

/** The settings that work; resources/docs/scale.md says why each. */
const settings = {
  pool_mode: 'transaction',
  auth_type: 'scram-sha-256',
  auth_user: 'anteroom_pooler',
  auth_query: 'select * from pooler_login($1)',
  default_pool_size: '3',
  max_db_connections: String(backends),
  max_client_conn: '2000',
  server_idle_timeout: '15',
  query_wait_timeout: '30',
};

/** Desks behind pgbouncer in transaction mode: more of them than there are backends. */
export const pooler = async (servers: Servers): Promise<Found[]> => {
  const ownerUrl = await servers.postgres();
  const urls = await clinicWith(ownerUrl, desks);
  const [first = '', second = ''] = urls;
  const { port: at, pathname } = new URL(ownerUrl);
  const lister = await poolerLogin(ownerUrl);
  const port = await servers.pgbouncer(`${pathname.slice(1)} = host=127.0.0.1 port=${at}`, settings, lister);
  const via = (url: string, pooled = true): string => {
    const address = new URL(url);
    address.port = String(port);
    if (pooled) address.searchParams.set('pool', 'transaction');
    return address.href;
  };
  await until('pgbouncer answers', async () => (await tried(via(first))) === 'let in');
  const found: Found[] = [];
  const unsaid = await tried(via(first, false));
  found.push({ what: 'a desk whose URL does not say pool=transaction', came: unsaid });

  const direct = await atWork(urls.slice(0, 2), servers, ownerUrl);
  found.push({ what: '2 desks without pgbouncer', came: describe(direct) });
  const pooled = await atWork(
    urls.map((url) => via(url)),
    servers,
    ownerUrl,
  );
  found.push({ what: `${desks} desks behind ${backends} backends`, came: describe(pooled) });
  const signed = await peopleAtWork(ownerUrl, [via(first), via(second)]);
  found.push({ what: 'somebody who signs in at 2 desks behind pgbouncer', came: signed });
  found.push({ what: 'a desk that changes its own password', came: await newPassword(via(second)) });
  return found;
};

/** Lets pgbouncer look up the password verifiers of desks, and of nobody else; answers its list of users. */
const poolerLogin = async (ownerUrl: string): Promise<string> => {
  const database = new URL(ownerUrl).pathname.slice(1);
  await onOwner(
    ownerUrl,
    `create role anteroom_pooler login password 'pooler';
     create function pooler_login(name text, out usename name, out passwd text) language sql security definer
       set search_path = pg_catalog, pg_temp as $$
         select s.usename, s.passwd from pg_shadow s
         where s.usename = name and pg_has_role(s.usename, 'anteroom_desk', 'member') and not s.usesuper $$;
     revoke all on function pooler_login(text) from public;
     grant connect on database ${pg.escapeIdentifier(database)} to anteroom_pooler;
     grant usage on schema public to anteroom_pooler;
     grant execute on function pooler_login(text) to anteroom_pooler;`,
  );
  return '"anteroom_pooler" "pooler"\n';
};

const tried = async (url: string): Promise<string> => {
  const connected = await connectCentral(url, { application: 'anteroom-scale' });
  if (!connected.ok) return connected.error.message;
  await connected.value.close();
  return 'let in';
};

interface Work {
  startedMs: number;
  p50: number;
  p99: number;
  backends: number;
  idlePerSecond: number;
}

/** Starts desks, passes changes from the first to the last, and looks at what they cost while they rest. */
const atWork = async (urls: readonly string[], servers: Servers, ownerUrl: string): Promise<Work> => {
  const began = performance.now();
  const open: OnlineDesk[] = [];
  for (const [n, url] of urls.entries())
    open.push(await startDesk(url, join(servers.folder, `${urls.length}-${n}.db`)));
  const startedMs = performance.now() - began;
  const [a, b] = [open[0], open.at(-1)];
  if (!a || !b) throw new Error('no desks');
  try {
    const { p50, p99 } = spreadOf(await passChanges(a, b));
    const before = await commits(ownerUrl);
    await pause(5_000);
    return {
      startedMs,
      p50,
      p99,
      backends: await backendsOfDesks(ownerUrl),
      idlePerSecond: ((await commits(ownerUrl)) - before) / 5,
    };
  } finally {
    for (const desk of open) await desk.close();
  }
};

const passChanges = async (a: OnlineDesk, b: OnlineDesk): Promise<number[]> => {
  const id = String(a.replica.statement('select id from patients limit 1').pluck().get());
  const times: number[] = [];
  for (let n = 0; n < changes; n += 1) {
    const notes = `Change ${n}`;
    const began = performance.now();
    writeChange(a, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, id, { notes }),
    );
    const notesAtB = b.replica.statement('select notes from patients where id = ?').pluck();
    await until('the change is there', () => notesAtB.get(id) === notes);
    times.push(performance.now() - began);
    await pause(20 + (n % 7) * 13);
  }
  return times;
};

const commits = async (ownerUrl: string): Promise<number> => {
  const [row] = await onOwner<{ n: string }>(
    ownerUrl,
    `select pg_stat_clear_snapshot(), xact_commit as n from pg_stat_database where datname = current_database()`,
  );
  return Number(row?.n);
};

const backendsOfDesks = async (ownerUrl: string): Promise<number> => {
  const [row] = await onOwner<{ n: string }>(
    ownerUrl,
    `select count(*) as n from pg_stat_activity where usename like 'desk\\_%'`,
  );
  return Number(row?.n);
};

const newPassword = async (url: string): Promise<string> => {
  const connected = await connectCentral(url, { application: 'anteroom-scale' });
  if (!connected.ok) return connected.error.message;
  const password = randomPassword();
  await setOwnPassword(connected.value, password);
  await connected.value.close();
  return `${await tried(withPassword(url, password))} with the new one; with the old one: ${await tried(url)}`;
};

const describe = ({ startedMs, p50, p99, backends: held, idlePerSecond }: Work): string =>
  `first syncs ${Math.round(startedMs)} ms, a change to another desk p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms; ` +
  `${held} backends, ${Math.round(idlePerSecond)} transactions a second at rest`;
