import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { sendMessage } from '../../src-main/core/messages/send.ts';
import { setFee } from '../../src-main/core/payments/set-fee.ts';
import { takePayment } from '../../src-main/core/payments/take-payment.ts';
import { openRefusals } from '../../src-main/core/replica/refusals.ts';
import { type ChangeWriter, writeChange } from '../../src-main/core/replica/write.ts';
import { outsideBookings, userSessions } from '../../src-main/core/schema/replica/index.ts';
import { exportUnsent, unsentHere } from '../../src-main/core/unsent/export.ts';
import { importUnsent, readUnsent, unsentTaken } from '../../src-main/core/unsent/import.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { withClient } from '../support/central.ts';
import { anyone, temporaryFolder } from '../support/desk.ts';
import { type FilingDesk, filingDesk } from '../support/desk-files.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { addStaff } from '../support/staff.ts';
import { until } from '../support/until.ts';

// Each opening of a file costs a second, as it is meant to.
vi.setConfig({ testTimeout: 90_000 });

const passphrase = 'four plain words here';
let clinic: SmallClinic;
let open: FilingDesk[] = [];
const folder = temporaryFolder();
let nextSlot = 0;

beforeAll(async () => {
  clinic = await smallClinic();
});
afterAll(async () => {
  await clinic.drop();
  folder.remove();
});
beforeEach(() => {
  for (const name of readdirSync(folder.path)) writeFileSync(join(folder.path, name), '');
});
afterEach(async () => {
  for (const desk of open) await desk.dispose();
  open = [];
});

const start = async (at: number): Promise<FilingDesk> => {
  const desk = filingDesk(clinic.desks[at]?.url ?? '');
  open.push(desk);
  await desk.quiet();
  return desk;
};
const slotOf = (doctor: number): string => clinic.doctors[doctor]?.slots[nextSlot++] ?? '';
const bookAt = (desk: FilingDesk, slotId: string, patient = 0) =>
  must(book(desk, anyone, { slotId, patientId: clinic.patients[patient] ?? '' })).id;

/** How often central has each kind, by outcome. */
const atCentral = (kinds: string[]) =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select kind, outcome, count(*)::int as n from changes where kind = any ($1) group by 1, 2 order by 1, 2`,
      [kinds],
    );
    return rows;
  });

/** A desk that does a day's work without a line: a booking and its check-in, a payment, a message with a file, and a loser. */
const workApart = async (old: FilingDesk, other: FilingDesk) => {
  const contested = slotOf(1);
  old.engine.workOffline(true);
  const id = bookAt(old, slotOf(0));
  must(checkIn(old, anyone, { appointmentId: id, contactConfirmed: true }));
  must(setFee(old, anyone, { appointmentId: id, minor: 2000 }));
  must(takePayment(old, anyone, { appointmentId: id, minor: 2000, method: 'cash' }));
  const bytes = randomBytes(1_000_000);
  const sha256 = await old.store.put(bytes);
  must(
    sendMessage(old, anyone, {
      appointmentId: id,
      type: 'chat',
      markdown: 'with a picture',
      tags: [],
      files: [{ sha256, fileName: 'Ακτινογραφία.png', mimeType: 'image/png', sizeBytes: bytes.length }],
    }),
  );
  bookAt(old, contested, 1);
  bookAt(other, contested, 2);
  await other.quiet();
  return { id, sha256 };
};

test('what a desk did apart reaches central from another desk, once, and the old desk that comes back is told the same', async () => {
  const [old, other] = [await start(0), await start(1)];
  const { id, sha256 } = await workApart(old, other);
  const written = must(await exportUnsent(old, anyone, { folder: folder.path, passphrase }));
  expect(written).toMatchObject({ files: 1, missingFiles: [], refused: 0 });
  expect(written.waiting).toContainEqual({ kind: 'book', count: 2 });
  expect(readFileSync(written.file).includes('with a picture')).toBe(false);

  const seen = must(await readUnsent(other, anyone, { file: folder.path, passphrase }));
  expect(seen).toMatchObject({ file: written.file, deskName: 'Desk 1', known: 0, waiting: written.waiting });
  must(await importUnsent(other, anyone, { file: written.file, passphrase }));
  await other.quiet();
  expect(must(unsentTaken(other))?.kinds).toContainEqual({
    kind: 'book',
    waiting: 0,
    applied: 1,
    refused: 1,
  });
  expect(must(unsentTaken(other))?.kinds).toContainEqual({
    kind: 'checkIn',
    waiting: 0,
    applied: 1,
    refused: 0,
  });
  expect(openRefusals(other.replica)).toMatchObject([{ refusal: { code: 'taken' } }]);
  await until('central has the file', () =>
    withClient(clinic.ownerUrl, async (owner) => {
      const { rowCount } = await owner.query('select from attachment_contents where sha256 = $1', [sha256]);
      return rowCount === 1;
    }),
  );
  const before = await atCentral(['book', 'checkIn', 'takePayment', 'sendMessage']);

  must(await importUnsent(other, anyone, { file: written.file, passphrase }));
  old.engine.workOffline(false);
  await old.quiet();
  await other.quiet();
  expect(await atCentral(['book', 'checkIn', 'takePayment', 'sendMessage'])).toEqual(before);
  expect(openRefusals(old.replica)).toMatchObject([{ refusal: { code: 'taken' } }]);
  expect(must(unsentHere(old)).waiting).toEqual([]);
  await old.caughtUp();
  await other.caughtUp();
  for (const [at, desk] of [old, other].entries()) {
    expect(await differences(clinic.desks[at]?.url ?? '', desk.replica)).toEqual([]);
  }
  const money = await withClient(clinic.ownerUrl, (owner) =>
    owner.query('select sum(amount_cents)::int as sum from payments where appointment_id = $1', [id]),
  );
  expect(money.rows).toEqual([{ sum: 2000 }]);
});

test('what somebody signed at the desk that died counts as theirs from the other one, and a stranger cannot have signed it', async () => {
  const closed = await smallClinic();
  const receptionist = await addStaff(closed.ownerUrl, closed.clinicId, { role: 'receptionist' });
  await addStaff(closed.ownerUrl, closed.clinicId, { role: 'admin' });
  const [old, other] = closed.desks.map(({ url }) => filingDesk(url));
  if (!old || !other) throw new Error('no desks');
  open.push(old, other);
  await Promise.all([old.quiet(), other.quiet()]);
  old.engine.workOffline(true);
  const sessionId = newId();
  old.sign = (_userId, message) => ({
    sessionId,
    proof: createHmac('sha256', Buffer.from(receptionist.signingKey, 'hex'))
      .update(message(sessionId))
      .digest('hex'),
  });
  const session = { ...anyone, userId: receptionist.id, sessionId };
  writeChange(old, { kind: 'signIn', actor: receptionist.id }, (writer) =>
    writer.insert(userSessions, {
      id: sessionId,
      userId: receptionist.id,
      deskId: closed.desks[0]?.deskId ?? '',
      method: 'password',
      startedAt: old.now(),
    }),
  );
  const [patientId = ''] = closed.patients;
  const [mine = '', forged = ''] = closed.doctors[0]?.slots ?? [];
  must(book(old, session, { slotId: mine, patientId }));
  old.sign = () => ({ sessionId, proof: '0'.repeat(64) });
  must(book(old, session, { slotId: forged, patientId }));
  const { file } = must(await exportUnsent(old, session, { folder: folder.path, passphrase }));
  must(await importUnsent(other, anyone, { file, passphrase }));
  await other.quiet();
  const { rows } = await withClient(closed.ownerUrl, (owner) =>
    owner.query(
      `select kind, actor, session_id, outcome, refusal->>'constraint' as why from changes
       where kind in ('signIn', 'book') order by desk_seq`,
    ),
  );
  const theirs = { actor: receptionist.id, session_id: sessionId, outcome: 'applied', why: null };
  expect(rows).toMatchObject([
    { kind: 'signIn', ...theirs },
    { kind: 'book', ...theirs },
    { kind: 'book', outcome: 'refused', why: 'proof' },
  ]);
  await other.dispose();
  await old.dispose();
  open = open.filter((desk) => desk !== old && desk !== other);
  await closed.drop();
});

test('what a run wrote stays with the desk that ran it, and what somebody did on top of it counts from the other one', async () => {
  const id = newId();
  await withClient(clinic.ownerUrl, (owner) =>
    owner.query(
      `insert into integrations (clinic_id, id, source, enabled) values ($1, gen_random_uuid(), 'idexx', true)`,
      [clinic.clinicId],
    ),
  );
  const [old, other] = [await start(0), await start(1)];
  const nobody = { userId: null, rights: anyone.rights };
  const { fence } = must(await old.engine.ask(nobody, 'take_lease', { source: 'idexx', forMs: 60_000 })) as {
    fence: number;
  };
  const runs = (work: (change: ChangeWriter) => void) =>
    writeChange(old, { kind: 'idexxRun', actor: null, fence: `idexx/${fence}` }, work);
  const [startsAt, endsAt] = ['2026-11-24T07:00:00.000Z', '2026-11-24T08:00:00.000Z'];
  const booking = { id, source: 'idexx', externalId: id, startsAt, endsAt, status: 'scheduled' } as const;
  runs((change) => change.insert(outsideBookings, { ...booking, seen: {} }));
  await old.quiet();
  await other.caughtUp();
  old.engine.workOffline(true);
  runs((change) => change.update(outsideBookings, id, { title: 'Moved' }));
  writeChange(old, { kind: 'decideOutside', actor: null }, (change) =>
    change.update(outsideBookings, id, { decision: 'dismiss' }),
  );
  const written = must(await exportUnsent(old, anyone, { folder: folder.path, passphrase }));
  expect(written.waiting).toEqual([{ kind: 'decideOutside', count: 1 }]);
  must(await importUnsent(other, anyone, { file: written.file, passphrase }));
  await other.quiet();
  expect(must(unsentTaken(other))?.kinds).toEqual([
    { kind: 'decideOutside', waiting: 0, applied: 1, refused: 0 },
  ]);
  expect(openRefusals(other.replica)).toEqual([]);
  const { rows } = await withClient(clinic.ownerUrl, (owner) =>
    owner.query('select title, decision from outside_bookings where id = $1', [id]),
  );
  expect(rows).toEqual([{ title: null, decision: 'dismiss' }]);
});

test('the inbox of a desk that dies goes along, and a file that is not there any more is named', async () => {
  const [old, other] = [await start(0), await start(1)];
  const contested = slotOf(1);
  old.engine.workOffline(true);
  const id = bookAt(old, contested, 3);
  bookAt(other, contested, 4);
  await other.quiet();
  old.engine.workOffline(false);
  await until('central refuses', () => openRefusals(old.replica).length === 1);
  old.engine.workOffline(true);
  must(
    sendMessage(old, anyone, {
      appointmentId: bookAt(old, slotOf(0)),
      type: 'chat',
      markdown: 'its file is gone',
      tags: [],
      files: [
        {
          sha256: await old.store.put(randomBytes(10)),
          fileName: 'gone.png',
          mimeType: 'image/png',
          sizeBytes: 10,
        },
      ],
    }),
  );
  old.store.sweep(new Set(), Date.now() + 60_000);
  const { file, missingFiles, refused } = must(
    await exportUnsent(old, anyone, { folder: folder.path, passphrase }),
  );
  expect({ missingFiles, refused }).toEqual({ missingFiles: ['gone.png'], refused: 1 });
  const taken = must(await importUnsent(other, anyone, { file, passphrase }));
  expect(taken).toMatchObject({ inbox: 1, missingFiles: ['gone.png'] });
  const inbox = openRefusals(other.replica);
  expect(inbox.at(-1)?.changes[0]?.rows.some((row) => row.id === id)).toBe(true);
});

test('a wrong passphrase, a changed file and one of another clinic are refused, and nothing of them is taken', async () => {
  const old = await start(0);
  old.engine.workOffline(true);
  bookAt(old, slotOf(0), 5);
  const { file } = must(await exportUnsent(old, anyone, { folder: folder.path, passphrase }));
  const other = await start(1);
  const answer = async (word: string, path = file) => {
    const taken = await importUnsent(other, anyone, { file: path, passphrase: word });
    return taken.ok ? 'ok' : taken.error.code;
  };
  expect(await answer('four other words here')).toBe('wrong_passphrase');
  const bytes = readFileSync(file);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  const changed = join(folder.path, 'changed.age');
  writeFileSync(changed, bytes);
  expect(await answer(passphrase, changed)).toBe('file_unreadable');
  other.engine.workOffline(true);
  expect(await answer(passphrase, folder.path)).toBe('ok');
  expect(await answer(passphrase)).toBe('ok');
  expect(must(unsentHere(other)).waiting).toEqual([{ kind: 'book', count: 1 }]);
  const stranger = await smallClinic(['Elsewhere']);
  const there = filingDesk(stranger.desks[0]?.url ?? '');
  try {
    await there.quiet();
    const refused = await importUnsent(there, anyone, { file, passphrase });
    expect(refused).toMatchObject({ ok: false, error: { code: 'another_clinic' } });
    expect(must(unsentHere(there)).waiting).toEqual([]);
  } finally {
    await there.dispose();
    await stranger.drop();
  }
});
