import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../../src-main/core/appointments/book.ts';
import { conflicts } from '../../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../../src-main/core/conflicts/resolve.ts';
import { registerPatient } from '../../../src-main/core/patients/register.ts';
import { dismissTrouble, toldTroubles } from '../../../src-main/core/replica/troubles.ts';
import { type Backup, backUp } from '../../support/backup.ts';
import { withClient } from '../../support/central.ts';
import { anyone, deskOnFile, temporaryFolder } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';

describe('central restored from yesterday’s backup', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  let clinic: SmallClinic;
  let backup: Backup;
  let desks: LiveDesk[];
  let nextSlot = 0;
  const key = randomBytes(32);
  const fileOf = (index: number) => join(folder.path, `desk-${index}.db`);
  const start = (index: number): LiveDesk =>
    liveDesk(
      clinic.desks[index]?.url ?? '',
      { pollMs: 100, random: () => 0.05 },
      deskOnFile(fileOf(index), key),
    );
  const inStep = async () => {
    for (const desk of desks) await desk.quiet();
    for (const desk of desks) await desk.caughtUp();
    // What one offered again is news to the others.
    for (const desk of desks) await desk.quiet();
  };
  const bookAt = (desk: LiveDesk | undefined): string => {
    if (!desk) throw new Error('no desk');
    const slotId = clinic.doctors.flatMap(({ slots }) => slots)[nextSlot++] ?? '';
    return must(book(desk, anyone, { slotId, patientId: clinic.patients[0] ?? '' })).id;
  };
  const stored = () =>
    withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(`select id from appointments where status = 'scheduled'`);
      return rows.map(({ id }: { id: string }) => id).sort();
    });

  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1', 'Desk 2', 'Desk 3']);
    desks = [start(0), start(1), start(2)];
    await inStep();
  });
  afterAll(async () => {
    for (const desk of desks) await desk.dispose();
    await backup.drop();
    await clinic.drop();
    folder.remove();
  });

  test('gets back from the desks what the day had brought, the desks that were offline and those that went on', async () => {
    const booked = [bookAt(desks[0])];
    await inStep();
    for (const desk of desks) desk.engine.workOffline(true);
    backup = await backUp(clinic.ownerUrl);
    for (const desk of desks) desk.engine.workOffline(false);
    await inStep();
    booked.push(bookAt(desks[0]), bookAt(desks[1]));
    await inStep();
    desks[2]?.engine.workOffline(true);
    booked.push(bookAt(desks[2]));
    await backup.restore();
    booked.push(bookAt(desks[0]));
    desks[2]?.engine.workOffline(false);
    await until('everything is there again', async () => (await stored()).length === booked.length);
    await inStep();
    expect(await stored()).toEqual([...booked].sort());
    for (const [index, desk] of desks.entries()) {
      expect(await differences(clinic.desks[index]?.url ?? '', desk.replica)).toEqual([]);
      expect(desk.engine.state()).toMatchObject({ refused: 0, waiting: 0 });
    }
  });

  test('is told at each desk, also after a restart, until somebody has read it', async () => {
    for (const desk of desks) {
      expect(desk.engine.state().troubles.map(({ code }) => code)).toContain('central_restored');
    }
    await desks[0]?.dispose();
    const again = start(0);
    desks[0] = again;
    await again.quiet();
    const [told] = toldTroubles(again.replica);
    if (told?.code !== 'central_restored') throw new Error('it is not told any more');
    expect(told.offered).toBeGreaterThan(0);
    dismissTrouble(again.replica, told.code, told.at);
    expect(again.engine.state().troubles.map(({ code }) => code)).not.toContain('central_restored');
  });
});

test('a booking for somebody whom another desk registered since the backup waits in the inbox until that desk is back', {
  timeout: 60_000,
}, async () => {
  const clinic = await smallClinic(['Desk 1', 'Desk 2']);
  const backup = await backUp(clinic.ownerUrl);
  const [first, second] = clinic.desks.map(({ url }) => liveDesk(url, { pollMs: 100, random: () => 0.05 }));
  if (!first || !second) throw new Error('no desks');
  try {
    const eleni = must(
      registerPatient(first, anyone, { firstName: 'Eleni', lastName: 'Nikolaou', saveAnyway: false }),
    );
    await first.quiet();
    await second.caughtUp();
    for (const desk of [first, second]) desk.engine.workOffline(true);
    await backup.restore();
    const slotId = clinic.doctors[0]?.slots[0] ?? '';
    must(book(second, anyone, { slotId, patientId: eleni.id }));
    second.engine.workOffline(false);
    const entry = () => must(conflicts(second, anyone))[0];
    await until('the desk knows that she is missing', () => entry()?.choices.length === 1);
    expect(entry()).toMatchObject({ kind: 'book', code: 'patient_missing', choices: ['keep_theirs'] });
    first.engine.workOffline(false);
    await until('it may be done again', () => entry()?.choices.includes('keep_mine'));
    expect(entry()?.subject.name).toBe('Eleni Nikolaou');
    must(resolveConflict(second, anyone, { changeId: entry()?.changeId ?? '', choice: 'keep_mine' }));
    await second.quiet();
    await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select patient_id, slot_id from appointments');
      expect(rows).toEqual([{ patient_id: eleni.id, slot_id: slotId }]);
    });
  } finally {
    for (const desk of [first, second]) await desk.dispose();
    await backup.drop();
    await clinic.drop();
  }
});
