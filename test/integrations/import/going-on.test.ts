import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readFindings } from '../../../src-main/core/integrations/import/findings.ts';
import { Imports, lineTo } from '../../../src-main/core/integrations/import/imports.ts';
import { countWaitingImports } from '../../../src-main/core/integrations/import/settle.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { unanswered } from '../../../src-main/core/replica/outbox.ts';
import { withClient } from '../../support/central.ts';
import { startChild } from '../../support/child.ts';
import { clinicDesk } from '../../support/clinic.ts';
import { anyone, deskOnFile, temporaryFolder } from '../../support/desk.ts';
import {
  allRead,
  begin,
  type ImportClinic,
  importClinic,
  importsOffline,
  offline,
  over,
  tally,
} from '../../support/import-desk.ts';
import { until } from '../../support/until.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const listOf = (name: string, rows: number): string => {
  const file = join(folder.path, name);
  const lines = Array.from({ length: rows }, (_, n) => `${n + 1},Ασθενής,Αριθμός ${n + 1}`);
  writeFileSync(file, `id,first name,last name\n${lines.join('\n')}\n`);
  return file;
};
const patients = (file: string) => ({ from: 'csv' as const, kind: 'patients' as const, file });

describe('an import that is cut', () => {
  test('by kill -9 at any point goes on from there, with each row once and none left out', async () => {
    const csv = listOf('killed.csv', 1_600);
    const key = randomBytes(32);
    const file = join(folder.path, 'killed.db');
    for (let round = 1; round <= 2; round += 1) {
      const child = startChild('imports', [file, key.toString('hex'), csv]);
      await child.said((line) => Number(line) > round * 200);
      await child.kill();
    }
    const desk = deskOnFile(file, key);
    const imports = importsOffline(desk);
    const [left] = imports.all();
    expect(left).toMatchObject({ status: 'paused', error: null });
    await imports.resume(anyone, { id: left?.id ?? '' });
    const run = await allRead(imports, left?.id ?? '', 'patients', 1_600);
    expect(tally(run)).toEqual({ patients: '1600/1600/0/0' });
    const here = desk.replica.statement('select id from patients').pluck().all() as string[];
    expect(here).toHaveLength(1_600);
    const written = unanswered(desk.replica).flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(written.sort()).toEqual(here.sort());
    await imports.close();
    desk.dispose();
  });

  test('by hand stands still until somebody goes on with it', async () => {
    const desk = clinicDesk();
    const imports = importsOffline(desk);
    const { id } = await begin(imports, patients(listOf('paused.csv', 600)));
    await until('some are there', () => {
      const run = imports.one(id);
      return run.ok && (run.value.counts[0]?.read ?? 0) > 0;
    });
    expect(await imports.pause(id)).toMatchObject({ ok: true, value: { status: 'paused', error: null } });
    expect(await imports.start(anyone, { source: patients(listOf('other.csv', 1)) })).toMatchObject({
      ok: true,
    });
    const again = new Imports(desk, { line: offline, log: noLog });
    await imports.close();
    await again.resume(anyone, { id });
    expect(tally(await allRead(again, id, 'patients', 600))).toEqual({ patients: '600/600/0/0' });
    await again.close();
    desk.dispose();
  });

  test('because whoever began it signed out, waits for somebody to sign for the rest', async () => {
    const desk = clinicDesk();
    const signed = { count: 0 };
    desk.replica.db.exec(`insert into users (id, rev, created_at, updated_at, email, display_name, role)
      values ('u1', 1, 0, 0, 'a@x.example', 'A', 'admin');
      insert into staff_keys (id, rev, created_at, updated_at, sealed, misses) values ('u1', 1, 0, 0, '{}', 0)`);
    desk.sign = (_user, message) => {
      signed.count += 1;
      return signed.count > 5 ? null : { sessionId: 's1', proof: message('s1').slice(0, 1) };
    };
    const imports = importsOffline(desk);
    const source = patients(listOf('signed-out.csv', 600));
    const started = await imports.start({ ...anyone, userId: 'u1' }, { source });
    const run = await over(imports, started.ok ? started.value.id : '');
    expect(run).toMatchObject({ status: 'paused', error: { code: 'signed_out' } });
    expect(run.counts[0]?.read).toBeGreaterThan(0);
    desk.dispose();
  });
});

describe('an import on a busy desk', () => {
  test('ends each change after a moment, so that calls in between are answered', async () => {
    const desk = clinicDesk();
    let clock = 0;
    const ticks = () => {
      clock += 8;
      return clock;
    };
    const imports = new Imports(desk, { line: offline, log: noLog, ticks });
    const { id } = await begin(imports, patients(listOf('slow.csv', 20)));
    await allRead(imports, id, 'patients', 20);
    const sizes = desk.waiting().map(({ rows }) => rows.length);
    expect(Math.max(...sizes)).toBe(2);
    await imports.close();
    desk.dispose();
  });
});

describe('an import with central', () => {
  let clinic: ImportClinic;
  afterEach(() => clinic?.drop());

  test('never lets more wait than central answers', async () => {
    clinic = await importClinic();
    const most = { waiting: 0 };
    clinic.desk.replica.onTablesChanged(() => {
      most.waiting = Math.max(most.waiting, countWaitingImports(clinic.desk.replica));
    });
    const run = await over(
      clinic.imports,
      (await begin(clinic.imports, patients(listOf('many.csv', 1_500)))).id,
    );
    expect(tally(run)).toEqual({ patients: '1500/1500/0/0' });
    expect(most.waiting).toBeLessThanOrEqual(20);
    await withClient(clinic.central.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select count(*)::int as n from patients');
      expect(rows).toEqual([{ n: 1_500 }]);
    });
  });

  test('writes a refused batch again row by row, and lists the one that was in the way', async () => {
    clinic = await importClinic();
    await withClient(clinic.central.ownerUrl, (owner) =>
      owner.query(`
        create function no_such_number() returns trigger language plpgsql as $$ begin
          if new.last_name = 'Αριθμός 70' then
            raise exception using errcode = 'PA099', constraint = 'not_seventy', message = new.last_name;
          end if;
          return new;
        end $$;
        create trigger no_such_number before insert on patients for each row execute function no_such_number()`),
    );
    const { id } = await begin(clinic.imports, patients(listOf('refused.csv', 130)));
    const run = await over(clinic.imports, id);
    expect([run.status, tally(run)]).toEqual(['completed', { patients: '130/129/0/1' }]);
    const { findings } = readFindings(clinic.desk.replica, id, { limit: 10 });
    expect(findings).toEqual([
      {
        table: 'patients',
        sourceId: '71',
        reason: 'refused_by_central',
        leftOut: true,
        details: { code: 'invalid', rule: 'not_seventy' },
      },
    ]);
    await clinic.desk.quiet();
    expect(clinic.desk.engine.state().refused).toBe(0);
    expect(clinic.desk.replica.statement('select count(*) from patients').pluck().get()).toBe(129);
  });

  test('works without a connection, and is done once central has it all', async () => {
    clinic = await importClinic();
    const { desk } = clinic;
    desk.engine.workOffline(true);
    const imports = new Imports(desk, { line: lineTo(desk.engine), log: noLog });
    const { id } = await begin(imports, patients(listOf('offline.csv', 1_500)));
    const read = await allRead(imports, id, 'patients', 1_500);
    expect(read.status).toBe('running');
    expect(read.waiting).toBeGreaterThan(20);
    desk.engine.workOffline(false);
    expect(await over(imports, id)).toMatchObject({ status: 'completed', waiting: 0 });
  });
});
