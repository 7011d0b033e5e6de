import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlainChange, PushReply } from '../../src-main/contract/change.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { nextFree } from '../../src-main/core/appointments/next-free.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { leaseCounts } from '../../src-main/core/leases/counts.ts';
import { keptSlots } from '../../src-main/core/leases/kept.ts';
import { startStream } from '../../src-main/core/replica/stream.ts';
import { backUp } from '../support/backup.ts';
import { withClient } from '../support/central.ts';
import { adds, TestStream } from '../support/central-rows.ts';
import { anyone, deskOnFile, temporaryFolder } from '../support/desk.ts';
import { addDoctor, leaseClinic } from '../support/lease-clinic.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import type { SmallClinic } from '../support/small-clinic.ts';
import { SteppedDesk } from '../support/stepped-desk.ts';

const folder = temporaryFolder();
const key = randomBytes(32);
let clinic: SmallClinic;
let a: SteppedDesk;
let b: SteppedDesk;
/** Each test has a doctor of its own. */
let doctor: { id: string; slots: string[] };

const open = (name: string, index: number): SteppedDesk =>
  new SteppedDesk(
    deskOnFile(join(folder.path, `${name}.db`), key, new Date().toISOString()),
    clinic.desks[index]?.url ?? '',
  );

beforeAll(async () => {
  clinic = await leaseClinic(['Desk A', 'Desk B']);
  [a, b] = [open('a', 0), open('b', 1)];
  for (const desk of [a, b]) await desk.settle();
});
afterAll(async () => {
  for (const desk of [a, b]) desk.dispose();
  await clinic.drop();
  folder.remove();
});

/** A new doctor, of whose day both desks keep their share. */
const leased = async (): Promise<void> => {
  doctor = await addDoctor(clinic);
  await shared();
};

const shared = async (): Promise<void> => {
  for (const desk of [a, b]) await desk.minute();
  for (const desk of [a, b]) await desk.settle();
};

/** Slots of the doctor that a desk keeps, as that desk sees it, by start. */
const keptFor = (desk: SteppedDesk, own: boolean): string[] => {
  const start = desk.desk.replica
    .statement('select start_time_utc from doctor_time_slots where id = ?')
    .pluck()
    .get(doctor.slots[0]) as number;
  const date = new Date(start + 3 * 3_600_000).toISOString().slice(0, 10);
  return must(keptSlots(desk.desk, anyone, { date, locationId: clinic.locationId }))
    .filter((slot) => slot.doctorId === doctor.id && slot.own === own)
    .map(({ slotId }) => slotId);
};

const bookAt = (desk: SteppedDesk, slotId: string | undefined) =>
  book(desk.desk, anyone, { slotId: slotId ?? '', patientId: clinic.patients[0] ?? '' });

const promiseOf = (desk: SteppedDesk, id: string) => readAppointment(desk.desk, id)?.promise;

const refusedAtCentral = () =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `select change_id as id from changes where outcome = 'refused' and clinic_id = $1`,
      [clinic.clinicId],
    );
    return rows.map(({ id }) => id);
  });

test('two desks keep half of a doctor’s free slots between them, spread over the day, and none keeps the other’s', async () => {
  await leased();
  const [ofA, ofB] = [keptFor(a, true), keptFor(b, true)];
  expect(ofA.length + ofB.length).toBe(8);
  expect(Math.min(ofA.length, ofB.length)).toBeGreaterThanOrEqual(3);
  expect(new Set([...ofA, ...ofB]).size).toBe(8);
  expect(keptFor(a, false)).toEqual(ofB);
  const places = ofA.map((slot) => doctor.slots.indexOf(slot));
  expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(7);
  for (const desk of [a, b]) expect(await differences(desk.url, desk.desk.replica)).toEqual([]);
});

test('asking again changes nothing: not a row is written', async () => {
  await leased();
  const seq = async () =>
    withClient(
      clinic.ownerUrl,
      async (owner) => (await owner.query('select sum(seq) from heads')).rows[0].sum,
    );
  const before = await seq();
  for (const desk of [a, b]) await desk.minute();
  expect(await seq()).toBe(before);
});

test('without a connection, what a desk books on its own slots is certain, and on others it is not', async () => {
  await leased();
  const [own] = keptFor(a, true);
  const open = doctor.slots.find((slot) => ![...keptFor(a, true), ...keptFor(a, false)].includes(slot));
  a.cut();
  const certain = must(bookAt(a, own));
  const provisional = must(bookAt(a, open));
  expect([certain.promise, provisional.promise]).toEqual(['certain', 'provisional']);
  // Whoever is first at central has the other one.
  must(bookAt(b, open));
  await b.settle();
  await a.settle();
  expect([promiseOf(a, certain.id), readAppointment(a.desk, provisional.id)]).toEqual([null, undefined]);
});

test('a desk without a connection offers no slot that another one keeps, and names that desk', async () => {
  await leased();
  const [theirs] = keptFor(b, false);
  b.cut();
  const refused = bookAt(b, theirs);
  expect(refused).toMatchObject({ ok: false, error: { code: 'slot_kept', details: { deskName: 'Desk A' } } });
  const free = must(await nextFree(b.desk, anyone, { doctorId: doctor.id, partOfDay: 'any', count: 16 })).map(
    ({ slotId }) => slotId,
  );
  expect(free.length).toBe(16 - keptFor(b, false).length);
  expect(free.some((slot) => keptFor(b, false).includes(slot))).toBe(false);
  await b.settle();
});

test('with both desks there, a booking on the other’s slot goes through as soon as that desk gives it back', async () => {
  await leased();
  const [theirs] = keptFor(b, false);
  const booked = must(bookAt(b, theirs));
  expect(booked.promise).toBe('provisional');
  expect(await b.settle()).toBe('waits');
  expect(await a.settle()).toBe('rest');
  expect(await b.settle()).toBe('rest');
  expect(promiseOf(b, booked.id)).toBeNull();
  expect(conflicts(b.desk, anyone)).toEqual({ ok: true, value: [] });
  expect(keptFor(a, true)).not.toContain(theirs);
});

test('what came before a booking that waits is there for the others at once', async () => {
  await leased();
  const open = doctor.slots.find((slot) => ![...keptFor(b, true), ...keptFor(b, false)].includes(slot));
  const first = must(bookAt(b, open));
  must(bookAt(b, keptFor(b, false)[0]));
  expect(await b.settle()).toBe('waits');
  await a.settle();
  expect(readAppointment(a.desk, first.id)?.status).toBe('scheduled');
  await b.settle();
});

test('a booking on a slot of a desk that is not there is refused and says for whom it is kept', async () => {
  await leased();
  const [theirs] = keptFor(b, false);
  a.cut();
  const promised = must(bookAt(a, theirs));
  must(bookAt(b, theirs));
  expect(await b.settle()).toBe('rest');
  const [conflict] = must(conflicts(b.desk, anyone)).slice(-1);
  expect(conflict).toMatchObject({ code: 'kept', theirs: { who: 'Desk A', appointment: null } });
  // From now on this desk knows that the other one cannot be asked.
  expect(bookAt(b, theirs)).toMatchObject({ ok: false, error: { code: 'slot_kept' } });
  await a.settle();
  expect(promiseOf(a, promised.id)).toBeNull();
  b.desk.replica.statement('update refusals set resolved_at = 1').run();
});

test('a slot that was blocked at another desk meanwhile still takes what was promised', async () => {
  await leased();
  const [own] = keptFor(a, true);
  a.cut();
  const promised = must(bookAt(a, own));
  await withClient(clinic.ownerUrl, (owner) =>
    owner.query('update doctor_time_slots set is_available = false where id = $1', [own]),
  );
  await a.settle();
  expect(promiseOf(a, promised.id)).toBeNull();
  expect(readAppointment(a.desk, promised.id)?.status).toBe('scheduled');
});

test('a desk that begins to give a slot back promises nothing on it, though central’s answer was lost', async () => {
  await leased();
  const [theirs] = keptFor(b, false);
  must(bookAt(b, theirs));
  expect(await b.settle()).toBe('waits');
  a.lost = 'return_leases';
  expect(await a.settle()).toBeNull();
  const after = must(bookAt(a, theirs));
  expect(after.promise).toBe('provisional');
  expect(await b.settle()).toBe('rest');
  await a.settle();
  expect(must(conflicts(a.desk, anyone)).map(({ code }) => code)).toContain('taken');
  a.desk.replica.statement('update refusals set resolved_at = 1').run();
});

test('a copy of a desk’s replica keeps nothing, and what was promised before the copy stands at both', async () => {
  await leased();
  const [own, more] = keptFor(a, true);
  a.cut();
  const promised = must(bookAt(a, own));
  const file = join(folder.path, `copy-${doctor.id}.db`);
  a.desk.replica.statement('vacuum into ?').run(file);
  const copy = new SteppedDesk(deskOnFile(file, key, a.desk.now()), a.url);
  copy.desk.replica.db.transaction(() => startStream(copy.desk.replica, copy.desk.newId()))();
  expect(leaseCounts(copy.desk.replica).own).toBe(0);
  expect(promiseOf(copy, promised.id)).toBe('certain');
  expect(must(bookAt(copy, more)).promise).toBe('provisional');
  const certain = must(bookAt(a, more));
  expect(certain.promise).toBe('certain');
  const before = await refusedAtCentral();
  await copy.step();
  await copy.settle();
  expect(promiseOf(copy, promised.id)).toBeNull();
  expect(await a.settle()).toBe('rest');
  expect(promiseOf(a, promised.id)).toBeNull();
  expect(promiseOf(a, certain.id)).toBeNull();
  await copy.settle();
  expect((await refusedAtCentral()).length).toBeLessThanOrEqual(before.length + 1);
  copy.dispose();
});

test('a promise outlives a backup of central that knew nothing of it, where a desk that saw it comes first', async () => {
  doctor = await addDoctor(clinic);
  for (const desk of [a, b]) await desk.settle();
  const yesterday = await backUp(clinic.ownerUrl);
  for (const desk of [a, b]) desk.cut();
  await shared();
  const [own] = keptFor(a, true);
  a.cut();
  const promised = must(bookAt(a, own));
  expect(promised.promise).toBe('certain');
  b.cut();
  await yesterday.restore();
  await yesterday.drop();
  await b.settle();
  expect(bookAt(b, own).ok).toBe(true);
  await b.settle();
  await a.settle();
  expect(readAppointment(a.desk, promised.id)?.status).toBe('scheduled');
  expect(promiseOf(a, promised.id)).toBeNull();
  await b.settle();
  for (const desk of [a, b]) await desk.settle();
  expect(await differences(a.url, a.desk.replica)).toEqual([]);
});

test('a doctor whom Cal.com sells is kept for no desk, and what was kept before is given back', async () => {
  await leased();
  expect(keptFor(a, true).length).toBeGreaterThan(0);
  await withClient(clinic.ownerUrl, async (owner) => {
    await owner.query(
      `insert into integrations (clinic_id, id, source, enabled) values ($1, gen_random_uuid(), 'cal_com', true)`,
      [clinic.clinicId],
    );
    await owner.query(
      `insert into outside_links (clinic_id, id, source, kind, external_id, doctor_id)
       values ($1, gen_random_uuid(), 'cal_com', 'event_type', '7', $2)`,
      [clinic.clinicId, doctor.id],
    );
  });
  await shared();
  expect([...keptFor(a, true), ...keptFor(b, true), ...keptFor(a, false)]).toEqual([]);
});

test('an administrator frees what a desk keeps, which is audited, and a desk that is stopped keeps nothing', async () => {
  await leased();
  const kept = keptFor(b, true).length;
  expect(kept).toBeGreaterThan(0);
  const { answer, audited, after } = await withClient(a.url, async (client) => {
    const { rows } = await client.query('select free_leases($1::jsonb) as answer', [
      JSON.stringify({ deskId: clinic.desks[1]?.deskId }),
    ]);
    const owner = await withClient(clinic.ownerUrl, async (own) => {
      const log = await own.query(`select after from audit_log where action = 'freeKeptSlots'`);
      await own.query('update desks set disabled_at = now() where id = $1', [clinic.desks[1]?.deskId]);
      await own.query('update desks set disabled_at = null where id = $1', [clinic.desks[1]?.deskId]);
      const left = await own.query('select count(*)::int as n from slot_leases where desk_id = $1', [
        clinic.desks[1]?.deskId,
      ]);
      return { audited: log.rows, after: left.rows[0].n };
    });
    return { answer: rows[0].answer, ...owner };
  });
  expect(answer.ok.freed).toBeGreaterThanOrEqual(kept);
  expect(audited).toEqual([{ after: { name: 'Desk B', freed: answer.ok.freed } }]);
  expect(after).toBe(0);
  await b.settle();
  expect(keptFor(b, true)).toEqual([]);
});

/** Books a slot by the hand of the second desk, in the words of an earlier version, which may not wait. */
const bookByHand = (slotId: string | undefined, parts: Partial<PlainChange> = {}): Promise<PushReply> =>
  withClient(b.url, async (client) => {
    const stream = new TestStream(client);
    const times = await client.query(
      'select start_time_utc, end_time_utc from doctor_time_slots where id = $1',
      [slotId],
    );
    const { start_time_utc, end_time_utc } = times.rows[0];
    const change = stream.change(
      [
        adds('appointments', {
          id: newId(),
          slot_id: slotId,
          doctor_id: doctor.id,
          patient_id: clinic.patients[0],
          scheduled_at: start_time_utc,
          ends_at: end_time_utc,
          status: 'scheduled',
        }),
      ],
      parts,
    );
    return stream.push([change], { version: 4 });
  });

test('a desk of an earlier version has its refusal at once, and is told whose the time is', async () => {
  await leased();
  const reply = await bookByHand(keptFor(b, false)[0]);
  expect(reply.waits).toBeUndefined();
  expect(reply.outcomes[0]?.refusal).toMatchObject({
    code: 'taken',
    constraint: 'slot_leases',
    by: { desk: 'Desk A' },
  });
});

test('a desk that says to be another one’s earlier incarnation does not come by that desk’s slots', async () => {
  await leased();
  const [theirs] = keptFor(b, false);
  const lease = b.desk.replica.statement('select incarnation from slot_leases where id = ?').pluck();
  const reply = await bookByHand(theirs, { made_by: String(lease.get(theirs)) });
  expect(reply.outcomes[0]?.refusal).toMatchObject({ code: 'taken', constraint: 'slot_leases' });
});

test('a desk that is set up anew, its old copy gone, gives back what it kept before; a copied one gives back nothing', async () => {
  await leased();
  const before = keptFor(a, true);
  const copy = open('a', 0);
  copy.desk.replica.db.transaction(() => startStream(copy.desk.replica, newId()))();
  await copy.settle();
  await b.settle();
  expect(keptFor(b, false)).toEqual(before);
  copy.dispose();
  const anew = open('anew', 0);
  await anew.settle();
  await b.settle();
  expect(keptFor(b, false)).toEqual([]);
  anew.dispose();
});
