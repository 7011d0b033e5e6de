import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../../src-main/core/appointments/book.ts';
import type { Verdict } from '../../../src-main/core/audit/verify.ts';
import { initCentral } from '../../../src-main/core/central/admin.ts';
import { verifyAudit } from '../../../src-main/core/central/audit-log.ts';
import { type Embedded, startEmbedded } from '../../../src-main/core/central/embedded.ts';
import { clinicWithDesks, withClient } from '../../support/central.ts';
import { anyone, temporaryFolder } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { type BadLine, startProxy } from '../../support/proxy.ts';
import { differences } from '../../support/same-rows.ts';
import { fillSmallClinic, type SmallClinicRows } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';

/** What a test waits for in order to kill at the moment at which somebody else waits for it. */
const LOCK = 815;

describe('a Postgres killed with -9', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  // As root, Postgres runs as another user, who must get through.
  chmodSync(folder.path, 0o711);
  let server: Embedded;
  let clinicId = '';
  let rows: SmallClinicRows;
  let proxy: BadLine;
  let desk: LiveDesk;
  let deskUrl = '';
  const booked: string[] = [];

  beforeAll(async () => {
    const started = await startEmbedded({ folder: folder.path });
    if (!started.ok) throw new Error(started.error.message);
    server = started.value;
    const made = await initCentral(server.url);
    if (!made.ok) throw new Error(made.error.message);
    const clinic = await clinicWithDesks(server.url, ['Desk 1']);
    clinicId = clinic.clinicId;
    rows = await fillSmallClinic(server.url, clinicId);
    proxy = await startProxy(server.url);
    deskUrl = clinic.desks[0]?.url ?? '';
    desk = liveDesk(proxy.through(deskUrl), { random: () => 0.1, pollMs: 200 });
    await desk.quiet();
  });
  afterAll(async () => {
    await desk.dispose();
    await proxy.close();
    await server.stop();
    folder.remove();
  });

  const owner = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(server.url, work);
  const bookThree = () => {
    for (const slotId of rows.doctors.flatMap(({ slots }) => slots).slice(booked.length, booked.length + 3)) {
      booked.push(must(book(desk, anyone, { slotId, patientId: rows.patients[0] ?? '' })).id);
    }
  };
  /** Everything that belongs to the server, at once, as a power cut would. */
  const kill = async (): Promise<void> => {
    const backends = await owner(async (client) => {
      const { rows: found } = await client.query(
        'select pid from pg_stat_activity where pid <> pg_backend_pid()',
      );
      return found.map(({ pid }: { pid: number }) => pid);
    });
    const postmaster = Number(readFileSync(join(server.place, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
    for (const pid of [postmaster, ...backends]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went with its postmaster.
      }
    }
    await until('the desk says that central is away', () => desk.engine.state().reason === 'unreachable');
  };
  const pushWaits = () =>
    until('the push waits', () =>
      owner(async (client) => {
        const { rowCount } = await client.query(
          `select from pg_stat_activity
           where application_name = 'anteroom-desk' and wait_event_type = 'Lock' and query like '%push%'`,
        );
        return rowCount === 1;
      }),
    );
  /** Has the push stop at a row of a table, from here on, until the server is killed. */
  const stopAt = (trigger: string) =>
    owner(async (client) => {
      await client.query(`
        create or replace function wait_for_test() returns trigger language plpgsql security definer as
          $$ begin perform pg_advisory_xact_lock(${LOCK}); return null; end $$`);
      await client.query(trigger);
    });
  /** Holds what a push needs while `work` kills the server, and this connection with it. */
  const holding = async (sql: string, work: () => Promise<void>): Promise<void> => {
    const faults: unknown[] = [];
    await owner(async (client) => {
      await client.query('begin');
      await client.query(sql);
      await work().catch((fault: unknown) => faults.push(fault));
    }).catch(() => undefined);
    expect(faults).toEqual([]);
  };
  const allThereOnce = async () => {
    await desk.quiet();
    await desk.caughtUp();
    const found = await owner(async (client) => {
      const { rows: changes } = await client.query(
        `select r ->> 'id' as id, outcome from changes, jsonb_array_elements(rows) r where r ->> 'table' = 'appointments'`,
      );
      return changes.map(({ id, outcome }: { id: string; outcome: string }) => `${id} ${outcome}`);
    });
    expect(found.sort()).toEqual(booked.map((id) => `${id} applied`).sort());
    expect(await differences(deskUrl, desk.replica)).toEqual([]);
  };

  test('before a push has begun has lost nothing of it, and the desk goes on by itself', async () => {
    await holding('select 1 from heads for update', async () => {
      bookThree();
      await pushWaits();
      expect(desk.engine.state().waiting).toBe(3);
      await kill();
    });
    await allThereOnce();
  });

  test.each([
    [
      'with half of a push done',
      `create trigger stop_here after insert on changes for each row
       when (new.desk_seq % 3 = 2) execute function wait_for_test()`,
    ],
    [
      'at the commit of a push',
      `create constraint trigger stop_here after insert on changes deferrable initially deferred for each row
       execute function wait_for_test()`,
    ],
  ])('%s has none of it, and then all of it, once', async (_, trigger) => {
    await stopAt(trigger);
    await holding(`select pg_advisory_xact_lock(${LOCK})`, async () => {
      bookThree();
      await pushWaits();
      await kill();
    });
    await until('central is back', () =>
      owner((client) => client.query('drop trigger stop_here on changes')).catch(() => null),
    );
    await allThereOnce();
  });

  test('after a push was committed and before it was answered has it once', async () => {
    proxy.keepAnswerTo('"change_id"');
    bookThree();
    const last = booked.at(-1);
    await until('the push is committed', () =>
      owner(async (client) => {
        const { rowCount } = await client.query('select from appointments where id = $1', [last]);
        return rowCount === 1;
      }),
    );
    expect(desk.engine.state().waiting).toBe(3);
    await kill();
    await allThereOnce();
  });

  test('leaves the audit’s chain whole', async () => {
    const verdicts: Verdict[] = [];
    await verifyAudit(server.url, undefined, ({ verdict }) => verdicts.push(verdict));
    expect(verdicts).toMatchObject([{ whole: true, entries: booked.length }]);
  });
});
