import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { disableDesk } from '../../src-main/core/central/desk-admin.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { unanswered } from '../../src-main/core/replica/outbox.ts';
import { approximateRows } from '../../src-main/core/replica/size.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

describe('a desk that central turns away', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  let desk: LiveDesk;
  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1', 'Desk 2', 'Desk 3']);
  });
  afterEach(() => desk.dispose());
  afterAll(() => clinic.drop());

  const setCity = (city: string) =>
    must(
      updatePatient(desk, anyone, {
        patientId: clinic.patients[0] ?? '',
        set: { city },
        confirmContact: false,
      }),
    );
  const stoppedFor = (reason: string) =>
    until(`the desk says ${reason}`, () => {
      const state = desk.engine.state();
      return state.phase === 'stopped' && state.reason === reason;
    });
  const city = () =>
    desk.replica.statement('select city from patients where id = ?').pluck().get(clinic.patients[0]);

  test('because it was disabled says so, keeps its rows and keeps what waits', async () => {
    desk = liveDesk(clinic.desks[0]?.url ?? '');
    await desk.quiet();
    const rows = approximateRows(desk.replica);
    must(await disableDesk(clinic.ownerUrl, clinic.desks[0]?.deskId ?? '').then(asResult));
    setCity('Volos');
    await stoppedFor('disabled');
    expect(approximateRows(desk.replica)).toBe(rows);
    expect(unanswered(desk.replica)).toHaveLength(1);
    expect(desk.engine.state()).toMatchObject({ waiting: 1, refused: 0 });
  });

  test('because it is too old says so, keeps what waits, and goes on reading', async () => {
    desk = liveDesk(clinic.desks[1]?.url ?? '');
    await desk.quiet();
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        'create or replace function oldest_desk_version() returns integer language sql immutable as $$ select 9 $$',
      ),
    );
    setCity('Larisa');
    await stoppedFor('too_old');
    expect(city()).toBe('Larisa');
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(`update patients set phone = '6944444444' where id = $1`, [clinic.patients[0]]),
    );
    await until('the new phone is read', () =>
      desk.replica.statement('select 1 from patients where phone = ?').get('6944444444'),
    );
    expect(city()).toBe('Larisa');
    expect(unanswered(desk.replica)).toHaveLength(1);
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        'create or replace function oldest_desk_version() returns integer language sql immutable as $$ select 2 $$',
      ),
    );
  });

  test('because its password is wrong says so', async () => {
    const url = new URL(clinic.desks[2]?.url ?? '');
    url.password = 'wrong';
    desk = liveDesk(url.href);
    await stoppedFor('refused_login');
  });

  test('because central has no such desk says so', async () => {
    const deskId = clinic.desks[2]?.deskId;
    await withClient(clinic.ownerUrl, (owner) => owner.query('delete from desks where id = $1', [deskId]));
    desk = liveDesk(clinic.desks[2]?.url ?? '');
    await stoppedFor('clinic_missing');
  });
});

const asResult = (answer: { ok: boolean }) => {
  if (!answer.ok) throw new Error('not disabled');
  return { ok: true as const, value: null };
};
