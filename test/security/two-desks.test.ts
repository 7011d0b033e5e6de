import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userSessions } from '../../src-main/core/schema/replica/index.ts';
import { withClient } from '../support/central.ts';
import { loneDesk } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type Seated, seated, type Window } from '../support/seated.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { addStaff, type Staff } from '../support/staff.ts';
import { until } from '../support/until.ts';

let clinic: SmallClinic;
let desks: LiveDesk[];
let houses: Seated[];
let maria: Staff;
let here: Window;
let there: Window;

beforeAll(async () => {
  clinic = await smallClinic();
  await addStaff(clinic.ownerUrl, clinic.clinicId, { role: 'admin' });
  maria = await addStaff(clinic.ownerUrl, clinic.clinicId, {
    role: 'receptionist',
    recovery: [],
  });
  desks = [];
  houses = [];
  for (const { url } of clinic.desks) {
    const lone = loneDesk(new Date().toISOString());
    const desk = liveDesk(url, {}, lone);
    lone.askCentral = (session, name, args) => desk.engine.ask(session, name, args);
    await desk.quiet();
    desks.push(desk);
    houses.push(seated(lone, desk.engine));
  }
  [here, there] = houses.map((house) => house.open()) as [Window, Window];
});
afterAll(async () => {
  for (const house of houses) house.seats.stop();
  for (const desk of desks) await desk.dispose();
  await clinic.drop();
});

const settled = async (): Promise<void> => {
  for (const desk of desks) await desk.quiet();
  for (const desk of desks) await desk.caughtUp();
};

describe('two desks of one clinic', () => {
  it('send what their people do with a proof that central accepts', async () => {
    await here.come(maria);
    must(
      await here.ask('registerPatient', { firstName: 'Eleni', lastName: 'Nikolaou', phone: '6970000001' }),
    );
    await settled();
    const { sessionId } = here.seat.session;
    await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select kind, outcome, session_id from changes where actor = $1 order by desk_seq`,
        [maria.id],
      );
      expect(rows).toEqual([
        { kind: 'signIn', outcome: 'applied', session_id: sessionId },
        { kind: 'registerPatient', outcome: 'applied', session_id: sessionId },
      ]);
    });
    expect(desks[1]?.replica.orm.select().from(userSessions).all()).toMatchObject([
      { id: sessionId, userId: maria.id, endedAt: null },
    ]);
  });

  it('sign somebody out at once at the one when they end that session at the other', async () => {
    await there.come(maria);
    await settled();
    const { sessions } = must(await there.ask('myAccount', {}));
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const other = sessions.find(({ current }) => !current);
    must(await there.ask('endMySession', { sessionId: other?.id ?? '' }));
    await until('the other desk has heard', () => here.state() === 'signed_out');
    expect(there.state()).toBe('signed_in');
    expect(await here.ask('locations', {})).toMatchObject({ error: { code: 'not_allowed' } });
  });

  it('know a new PIN at both, and a new password, which signs the person out elsewhere', async () => {
    await here.come(maria);
    await settled();
    must(await there.ask('setPin', { password: maria.password, pin: '5937' }));
    await settled();
    expect((await here.ask('switchPerson', { userId: maria.id, pin: '5937' })).ok).toBe(true);
    const next = 'seven grey herons';
    must(await there.ask('changePassword', { password: maria.password, next }));
    expect(there.state()).toBe('signed_in');
    await until('the other desk has heard', () => here.state() === 'signed_out');
    expect(await here.ask('signIn', { userId: maria.id, password: maria.password })).toMatchObject({
      error: { code: 'wrong_password' },
    });
    await here.come({ id: maria.id, password: next });
    must(
      await there.ask('registerPatient', { firstName: 'Anna', lastName: 'Nikolaou', phone: '6970000002' }),
    );
    await settled();
    await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(`select kind from changes where outcome <> 'applied'`);
      expect(rows).toEqual([]);
    });
  });

  it('let nobody in as somebody whom an administrator deleted, and end what they had open', async () => {
    await withClient(clinic.ownerUrl, async (owner) => {
      await owner.query(`update users set deleted_at = now() where id = $1`, [maria.id]);
      await owner.query(`select pg_notify('anteroom_' || replace($1::text, '-', ''), '')`, [clinic.clinicId]);
    });
    await until(
      'both desks have heard',
      () => here.state() === 'signed_out' && there.state() === 'signed_out',
    );
    expect(await here.ask('signIn', { userId: maria.id, password: 'seven grey herons' })).toMatchObject({
      error: { code: 'wrong_password' },
    });
  });
});
