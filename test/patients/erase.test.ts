import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { scheduleDischargeCall } from '../../src-main/core/calls/discharge.ts';
import { callList } from '../../src-main/core/calls/list.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import { eraseWith } from '../../src-main/core/patients/erase.ts';
import { findPatient } from '../../src-main/core/patients/find.ts';
import { patient } from '../../src-main/core/patients/history.ts';
import { mergePatients } from '../../src-main/core/patients/merge.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { patientBalance } from '../../src-main/core/payments/patient-balance.ts';
import { identifying } from '../../src-main/core/replica/erased.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { cases, messages, patientConsents, recalls } from '../../src-main/core/schema/replica/index.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

let clinic: SmallClinic;
let one: LiveDesk;
let two: LiveDesk;

beforeAll(async () => {
  clinic = await smallClinic();
});
afterAll(() => clinic.drop());
beforeEach(async () => {
  one = liveDesk(clinic.desks[0]?.url ?? '');
  two = liveDesk(clinic.desks[1]?.url ?? '');
  await bothQuiet();
});
afterEach(async () => {
  await one.dispose();
  await two.dispose();
});

const bothQuiet = async () => {
  await Promise.all([one.quiet(), two.quiet()]);
  await Promise.all([one.caughtUp(), two.caughtUp()]);
};
const erase = (desk: LiveDesk, patientId: string, name: string) =>
  eraseWith(patientBalance)(desk, anyone, { patientId, name });
const register = (desk: LiveDesk, input: object) =>
  must(
    registerPatient(desk, anyone, { firstName: 'Zyxwa', lastName: 'Quvenoak', saveAnyway: true, ...input }),
  ).id;
const update = (desk: LiveDesk, patientId: string, set: object) =>
  must(updatePatient(desk, anyone, { patientId, set, confirmContact: false }));
let slot = 0;
const freshSlot = () => clinic.doctors[0]?.slots[slot++] ?? '';

/** What only this person's records say, as it is written and as the search folds it. */
const TRACES = ['zyxwa', 'quvenoak', '5550188', 'vermilion', 'siksa', 'kufenoak'];

const isTrace = (text: string): boolean => TRACES.some((trace) => text.toLowerCase().includes(trace));

/** Where central says something of the person: tables, with every column of every row as text. */
const tracesInCentral = () =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows: tables } = await owner.query(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query(`select to_jsonb(t)::text as row from ${name} t`);
      for (const { row } of rows) if (isTrace(row)) found.push(`${name}: ${row}`);
    }
    return found;
  });

/** Where a desk's file says something of the person: every table of it, the search's own among them. */
const tracesInReplica = ({ replica }: LiveDesk) => {
  const { db } = replica;
  db.exec(`create virtual table if not exists temp.words using fts5vocab(main, search_index, 'row')`);
  const tables = db
    .prepare(`select name from sqlite_master where type = 'table' and name not glob 'search_*_*'`)
    .pluck()
    .all() as string[];
  return [...tables, 'temp.words'].flatMap((name) =>
    (db.prepare(`select * from ${name}`).all() as unknown[])
      .map((row) => JSON.stringify(row))
      .filter(isTrace)
      .map((row) => `${name}: ${row}`),
  );
};

/** A person of whom there is something everywhere: two records, an animal, visits, a consent, a recall, a message. */
const known = async () => {
  const id = register(one, {
    phone: '+30 210 5550188',
    email: 'zyxwa@example.com',
    address: '1 Vermilion Road',
  });
  const second = register(one, { phone: '210 5550188', notes: 'Lives in Vermilion Road.' });
  const animal = register(one, { firstName: 'Rex', species: 'Dog', ownerId: id });
  update(one, id, { emergencyContact: 'Zyxwo Quvenoak', dateOfBirth: '1980-02-03', city: 'Vermilion' });
  const visit = must(
    book(one, anyone, { slotId: freshSlot(), patientId: second, reason: 'Zyxwa asked for it' }),
  );
  must(cancel(one, anyone, { appointmentId: visit.id, reason: 'Zyxwa is in Vermilion' }));
  must(mergePatients(one, anyone, { keptId: id, mergedId: second, take: ['notes'] }));
  writeChange(one, { kind: 'test', actor: null }, (change) => {
    const decidedAt = one.now();
    change.insert(patientConsents, {
      id: newId(),
      patientId: id,
      kind: 'treatment',
      given: true,
      decidedAt,
      note: 'Zyxwa',
    });
    change.insert(recalls, {
      id: newId(),
      patientId: id,
      dueOn: '2027-01-01',
      reason: 'Ask Zyxwa',
      status: 'open',
    });
    change.insert(messages, {
      id: newId(),
      threadId: 'one',
      type: 'chat',
      text: 'Dear Zyxwa',
      patientId: id,
      relationalRefs: {},
      author: { role: 'patient', id: 1, display_name: 'Zyxwa Quvenoak' },
      attachments: [],
      readReceipts: [],
      tags: [],
      meta: {},
    });
  });
  await bothQuiet();
  return { id, second, animal, visit };
};

describe('a person who is erased', { timeout: 120_000 }, () => {
  test('is nowhere any more: not in central, its audit and its kept changes, nor in the file of any desk', async () => {
    const { id, second, animal, visit } = await known();
    expect((await tracesInCentral()).length).toBeGreaterThan(8);
    expect(tracesInReplica(one).length).toBeGreaterThan(8);
    expect(must(erase(two, id, 'zyxwa  QUVENOAK')).records).toBe(3);
    await bothQuiet();
    expect(await tracesInCentral()).toEqual([]);
    for (const desk of [one, two]) {
      expect(tracesInReplica(desk)).toEqual([]);
      for (const gone of [id, second, animal])
        expect(patient(desk, anyone, { patientId: gone })).toMatchObject({ error: { code: 'not_found' } });
      expect(must(findPatient(desk, anyone, { text: '5550188', limit: 12 }))).toEqual([]);
    }
    expect(await differences(clinic.desks[0]?.url ?? '', one.replica)).toEqual([]);
    expect(await differences(clinic.desks[0]?.url ?? '', two.replica)).toEqual([]);
    await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select status from appointments where id = $1', [visit.id]);
      expect(rows).toEqual([{ status: 'cancelled' }]);
      const audit = await owner.query(
        `select action, actor, done_at from audit_log where row_id = $1 and table_name = 'patients' order by id`,
        [id],
      );
      expect(audit.rows.map(({ action }) => action)).toEqual([
        'registerPatient',
        'updatePatient',
        'mergePatients',
        'redactHistory',
        'erasePatient',
        'erasePatient',
      ]);
    });
  });

  test('stays erased whatever a desk says that did not know, and that desk keeps nothing of it', async () => {
    const { id } = await known();
    two.engine.workOffline(true);
    update(two, id, { phone: '+30 210 5550188 9', notes: 'Zyxwa called' });
    must(book(two, anyone, { slotId: freshSlot(), patientId: id, reason: 'Zyxwa wants it' }));
    must(erase(one, id, 'Zyxwa Quvenoak'));
    await one.quiet();
    two.engine.workOffline(false);
    await bothQuiet();
    expect(await tracesInCentral()).toEqual([]);
    expect(tracesInReplica(two)).toEqual([]);
    const entries = must(conflicts(two, anyone));
    expect(entries.map(({ kind, code }) => [kind, code])).toEqual([
      ['updatePatient', 'erased'],
      ['book', 'erased'],
    ]);
    for (const { changeId, choices } of entries) {
      expect(choices).toEqual(['keep_theirs']);
      must(resolveConflict(two, anyone, { changeId, choice: 'keep_theirs' }));
    }
    expect(await differences(clinic.desks[1]?.url ?? '', two.replica)).toEqual([]);
  });

  test('is erased though registered and erased offline, and nothing waits with the name once it was sent', async () => {
    one.engine.workOffline(true);
    const id = register(one, { phone: '210 5550188' });
    must(erase(one, id, 'Zyxwa Quvenoak'));
    one.engine.workOffline(false);
    await bothQuiet();
    expect(await tracesInCentral()).toEqual([]);
    expect([...tracesInReplica(one), ...tracesInReplica(two)]).toEqual([]);
  });
});

describe('nobody is erased', { timeout: 120_000 }, () => {
  test('whose name was not typed, who is expected, or with whom the clinic is not even', async () => {
    const id = register(one, { phone: '210 5550188' });
    const why = (name = 'Zyxwa Quvenoak') => {
      const answer = erase(one, id, name);
      return answer.ok ? null : answer.error.details['reason'];
    };
    expect(why('Zyxwa')).toBe('name');
    const visit = must(book(one, anyone, { slotId: freshSlot(), patientId: id }));
    expect(why()).toBe('upcoming');
    must(cancel(one, anyone, { appointmentId: visit.id, reason: 'ill' }));
    await one.quiet();
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        `insert into payments (clinic_id, id, appointment_id, amount_cents, currency, method, status, paid_at)
         values ($1, $2, $3, 500, 'EUR', 'cash', 'paid', now())`,
        [clinic.clinicId, newId(), visit.id],
      ),
    );
    await one.caughtUp();
    expect(why()).toBe('money');
    const refusedBy = await withClient(clinic.ownerUrl, (owner) =>
      owner.query('update patients set erased_at = now() where id = $1', [id]).then(
        () => null,
        (fault: { constraint?: string }) => fault.constraint,
      ),
    );
    expect(refusedBy).toBe('patients_erase_money');
  });

  test('for whom another desk made an appointment meanwhile: the erasure is refused whole and in plain words', async () => {
    const id = register(one, { phone: '210 5550188' });
    await bothQuiet();
    one.engine.workOffline(true);
    must(erase(one, id, 'Zyxwa Quvenoak'));
    must(book(two, anyone, { slotId: freshSlot(), patientId: id }));
    await two.quiet();
    one.engine.workOffline(false);
    await bothQuiet();
    expect(must(conflicts(one, anyone))).toMatchObject([
      { kind: 'erasePatient', code: 'not_erasable', choices: ['keep_theirs'], subject: { patientId: id } },
    ]);
    expect(must(patient(one, anyone, { patientId: id })).patient).toMatchObject({
      firstName: 'Zyxwa',
      phone: '210 5550188',
    });
    expect(await differences(clinic.desks[0]?.url ?? '', one.replica)).toEqual([]);
  });
});

test('the consultations of an erased person stay, as the law asks, and nobody calls them any more', async () => {
  const patientId = register(one, {});
  const [caseId, callId] = [newId(), newId()];
  writeChange(one, { kind: 'idexxRun', actor: null }, (change) => {
    change.insert(cases, {
      id: caseId,
      externalId: `idexx-1-${caseId}`,
      patientId,
      status: 'completed',
      clinicalNotes: 'Swollen carpus.',
    });
    const dueAt = '2026-11-24T14:00:00.000Z';
    scheduleDischargeCall(change, { id: callId, caseId, patientId, dueAt, phone: '+30 210 5550188' });
  });
  await bothQuiet();
  must(erase(one, patientId, 'Zyxwa Quvenoak'));
  await bothQuiet();
  for (const desk of [one, two]) {
    const notes = desk.replica.statement('select clinical_notes from cases where id = ?').pluck();
    expect(notes.get(caseId)).toBe('Swollen carpus.');
    const call = desk.replica.statement('select status, phone from scheduled_discharge_calls where id = ?');
    expect(call.get(callId)).toEqual({ status: 'cancelled', phone: '' });
    const list = callList(desk, anyone, { list: 'discharge', locationId: clinic.locationId, days: 1 });
    expect(must(list)).toEqual([]);
  }
});

test('what a desk forgets of an erased person is what central overwrites', async () => {
  await withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select name, erased, belongs_by from replicated_tables where erased <> '{}' order by name`,
    );
    const central = Object.fromEntries(
      rows.map(({ name, erased, belongs_by }) => [name, { belongsBy: belongs_by, erased }]),
    );
    expect(identifying).toEqual(central);
  });
});
