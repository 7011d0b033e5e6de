import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Imports, lineTo } from '../../../src-main/core/integrations/import/imports.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../../support/central.ts';
import { temporaryFolder } from '../../support/desk.ts';
import { over, tally } from '../../support/import-desk.ts';
import { type SigningDesk, signingDesk } from '../../support/signing-desk.ts';
import { addStaff, type Staff } from '../../support/staff.ts';
import { fillMedicSqlite } from './medic-fixture.ts';

const folder = temporaryFolder();
const file = join(folder.path, 'medic_dev.db');
let central: TestCentral;
let desk: SigningDesk;
let admin: Staff;
let receptionist: Staff;

beforeAll(async () => {
  fillMedicSqlite(file);
  central = await freshCentral();
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl);
  admin = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  receptionist = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
  desk = signingDesk(desks[0]?.url ?? '', [admin, receptionist]);
  await desk.quiet();
  for (const one of [admin, receptionist]) desk.comesIn(one);
  await desk.quiet();
});
afterAll(async () => {
  await desk?.dispose();
  await central?.drop();
  folder.remove();
});

const importAs = async (staff: Staff) => {
  const { engine } = desk;
  const here = Object.assign(desk, {
    askCentral: (...[session, name, args]: Parameters<typeof engine.ask>) => engine.ask(session, name, args),
  });
  const imports = new Imports(here, { line: lineTo(engine), log: noLog });
  const started = await imports.start(desk.sessionOf(staff), { source: { from: 'medic_sqlite', file } });
  if (!started.ok) throw new Error(started.error.code);
  return over(imports, started.value.id);
};

test('central takes no row of an import that somebody without the right signed, and each is listed', async () => {
  const run = await importAs(receptionist);
  expect(tally(run)).toMatchObject({ specialties: '1/0/0/1', doctors: '3/0/0/3', patients: '4/4/0/0' });
  expect(run.findings).toContainEqual({ reason: 'refused_by_central', count: expect.any(Number) });
  expect(run).toMatchObject({ status: 'paused', error: { code: 'signed_out' } });
});

test('central takes the rows of an import that an administrator signed, and the accounts from them', async () => {
  const run = await importAs(admin);
  expect([run.status, run.error]).toEqual(['completed', null]);
  expect(tally(run)).toEqual({
    specialties: '1/1/0/0',
    doctors: '3/2/0/1',
    patients: '4/0/4/0',
    appointments: '10/5/0/5',
    users: '8/7/0/1',
  });
  await withClient(central.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select distinct actor, session_id is not null as signed from audit_log
       where action in ('import', 'importAccount') and actor <> $1`,
      [receptionist.id],
    );
    expect(rows).toEqual([{ actor: admin.id, signed: true }]);
  });
});
