import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import { saveRoom } from '../../src-main/core/doctors/save-places.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { withClient } from '../support/central.ts';
import { must } from '../support/must.ts';
import { type SigningDesk, signingDesk } from '../support/signing-desk.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { addStaff, type Staff } from '../support/staff.ts';
import { until } from '../support/until.ts';

let clinic: SmallClinic;
let boss: Staff;
let demoted: Staff;
let desk: SigningDesk;

const asOwner = (sql: string, values: unknown[] = []) =>
  withClient(clinic.ownerUrl, async (owner) => (await owner.query(sql, values)).rows);

beforeAll(async () => {
  clinic = await smallClinic(['Desk 1']);
  boss = await addStaff(clinic.ownerUrl, clinic.clinicId, { role: 'admin' });
});
afterAll(() => clinic.drop());
beforeEach(async () => {
  demoted = await addStaff(clinic.ownerUrl, clinic.clinicId, { role: 'admin', name: 'Was in charge' });
  desk = signingDesk(clinic.desks[0]?.url ?? '', [boss, demoted]);
  await desk.quiet();
  desk.comesIn(boss);
  desk.comesIn(demoted);
  await desk.quiet();
});
afterEach(() => desk.dispose());

/** Work done offline by somebody who was in charge, and is a receptionist by the time it is sent. */
const lateFrom = async (work: () => void) => {
  desk.engine.workOffline(true);
  work();
  await asOwner(`update users set role = 'receptionist' where id = $1`, [demoted.id]);
  desk.engine.workOffline(false);
  await until('central has answered', () => desk.engine.state().refused > 0);
  await desk.quiet();
};
const inbox = (of: Staff) => must(conflicts(desk, desk.sessionOf(of)));
const renames = (name: string) => () =>
  void must(
    saveRoom(desk, desk.sessionOf(demoted), {
      id: clinic.roomId,
      locationId: clinic.locationId,
      name,
      nameEl: '',
    }),
  );

test('what somebody was not allowed to do is in the inbox with what it would have set; one who may does it in their own name', async () => {
  const [before] = await asOwner('select name from rooms where id = $1', [clinic.roomId]);
  await lateFrom(renames('Throne room'));
  const now = { ...demoted, role: 'receptionist' as const };
  const [entry] = inbox(now);
  expect(entry).toMatchObject({
    kind: 'saveRoom',
    code: 'not_allowed',
    needs: 'clinic.manage',
    mine: { who: 'Was in charge' },
    choices: ['keep_theirs'],
  });
  expect(entry?.columns).toContainEqual({ column: 'name', mine: 'Throne room', theirs: before.name });
  const changeId = entry?.changeId ?? '';
  expect(
    resolveConflict(desk, desk.sessionOf(now), { changeId, choice: 'keep_mine', slotId: undefined }),
  ).toMatchObject({ ok: false, error: { code: 'not_allowed', details: { right: 'clinic.manage' } } });

  expect(inbox(boss)[0]?.choices).toEqual(['keep_mine', 'keep_theirs']);
  must(resolveConflict(desk, desk.sessionOf(boss), { changeId, choice: 'keep_mine', slotId: undefined }));
  await desk.quiet();
  expect(inbox(boss)).toEqual([]);
  expect(await asOwner('select name from rooms where id = $1', [clinic.roomId])).toEqual([
    { name: 'Throne room' },
  ]);
  const [audited] = await asOwner(
    `select actor from audit_log where row_id = $1 order by arrived_at desc, id desc limit 1`,
    [clinic.roomId],
  );
  expect(audited).toEqual({ actor: boss.id });
});

test('put aside, it changes nothing, and the row is as the clinic has it', async () => {
  const stored = readRow(desk.replica, 'rooms', clinic.roomId);
  await lateFrom(renames('Never'));
  const [entry] = inbox(boss);
  must(
    resolveConflict(desk, desk.sessionOf({ ...demoted, role: 'receptionist' }), {
      changeId: entry?.changeId ?? '',
      choice: 'keep_theirs',
      slotId: undefined,
    }),
  );
  expect(readRow(desk.replica, 'rooms', clinic.roomId)).toMatchObject({ name: stored?.['name'] });
});

test('an overbook that was not theirs to approve goes to another time, or is approved by who may', async () => {
  const slotId = clinic.doctors[0]?.slots[3] ?? '';
  const [first = '', second = ''] = clinic.patients;
  must(book(desk, desk.sessionOf(boss), { slotId, patientId: first }));
  await lateFrom(() =>
    must(book(desk, desk.sessionOf(demoted), { slotId, patientId: second, overbook: { reason: 'In pain' } })),
  );
  const [entry] = inbox({ ...demoted, role: 'receptionist' });
  expect(entry).toMatchObject({ needs: 'schedule.overbook', choices: ['keep_theirs', 'next_free'] });
  expect(inbox(boss)[0]?.choices).toEqual(['keep_mine', 'keep_theirs', 'next_free']);
  const decision = { changeId: entry?.changeId ?? '', choice: 'keep_mine', slotId: undefined } as const;
  const kept = must(resolveConflict(desk, desk.sessionOf(boss), decision)).appointment;
  await desk.quiet();
  expect(inbox(boss)).toEqual([]);
  expect(
    await asOwner('select overbook_reason, overbooked_by from appointments where id = $1', [kept?.id]),
  ).toEqual([{ overbook_reason: 'In pain', overbooked_by: boss.id }]);
});

test('what was signed in a session that had been ended elsewhere is kept for somebody to do again', async () => {
  const id = newId();
  desk.engine.workOffline(true);
  await asOwner('update user_sessions set ended_at = $2 where user_id = $1', [
    demoted.id,
    '2026-11-24T06:59:59Z',
  ]);
  writeChange(desk, { kind: 'registerPatient', actor: demoted.id }, (change) =>
    change.insert(patients, { id, firstName: 'Late', lastName: 'Comer' }),
  );
  desk.engine.workOffline(false);
  await until('central has answered', () => desk.engine.state().refused > 0);
  expect(readRow(desk.replica, 'patients', id)).toBeUndefined();
  const [entry] = inbox(boss);
  expect(entry).toMatchObject({ code: 'unproven', needs: null, subject: { name: 'Late Comer' } });
  must(
    resolveConflict(desk, desk.sessionOf(boss), {
      changeId: entry?.changeId ?? '',
      choice: 'keep_mine',
      slotId: undefined,
    }),
  );
  await desk.quiet();
  expect(await asOwner('select first_name from patients where id = $1', [id])).toEqual([
    { first_name: 'Late' },
  ]);
});
