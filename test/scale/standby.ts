import { join } from 'node:path';
import { connectForCopy } from '../../src-main/core/central/standby.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { startDesk } from '../bench/live-desk.ts';
import { until } from '../support/until.ts';
import { clinicWith, onOwner } from './clinic.ts';
import type { Found } from './found.ts';
import type { Servers } from './servers.ts';

/** A streaming standby that first syncs read from: up to date, behind, and gone. */
export const standby = async (servers: Servers): Promise<Found[]> => {
  const ownerUrl = await servers.postgres({
    wal_level: 'replica',
    max_wal_senders: '4',
    log_statement: 'none',
  });
  const [deskUrl = '', otherUrl = ''] = await clinicWith(ownerUrl, 2);
  const follower = await servers.standbyOf(ownerUrl);
  const port = new URL(follower).port;
  const url = named(deskUrl, port);
  const found: Found[] = [];
  const say = async (what: string, used = url) => found.push({ what, came: await readsFrom(used) });

  await say('a first sync, the standby up to date');
  const desk = await startDesk(url, join(servers.folder, 'a.db'));
  found.push({ what: 'a desk that was filled from it', came: await goesOn(desk, otherUrl, servers) });
  await desk.close();
  await onOwner(follower, 'select pg_wal_replay_pause()');
  await onOwner(ownerUrl, `update patients set notes = 'later' where id = (select id from patients limit 1)`);
  await say('a first sync, the standby behind');
  await onOwner(follower, 'select pg_wal_replay_resume()');
  await until('the standby has caught up', async () => (await readsFrom(url)) === 'read from the standby');
  await say('a first sync, the standby gone', named(deskUrl, '1'));
  return found;
};

const named = (url: string, port: string): string => {
  const address = new URL(url);
  address.searchParams.set('standby', `127.0.0.1:${port}`);
  return address.href;
};

const readsFrom = async (url: string): Promise<string> => {
  const connected = await connectForCopy(url, { application: 'anteroom-scale', statementTimeoutMs: 0 });
  if (!connected.ok) return connected.error.message;
  const [row] = await connected.value.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
  await connected.value.close();
  return row?.standby ? 'read from the standby' : 'read from central';
};

/** What a desk does then goes to central, and comes back to it from there. */
const goesOn = async (
  desk: Awaited<ReturnType<typeof startDesk>>,
  otherUrl: string,
  servers: Servers,
): Promise<string> => {
  const other = await startDesk(otherUrl, join(servers.folder, 'b.db'));
  const id = String(desk.replica.statement('select id from patients limit 1').pluck().get());
  const began = performance.now();
  writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
    change.update(patients, id, { notes: 'Seen' }),
  );
  const there = other.replica.statement('select notes from patients where id = ?').pluck();
  await until('the other desk reads it', () => there.get(id) === 'Seen');
  await other.close();
  return `its change is at another desk after ${Math.round(performance.now() - began)} ms`;
};
