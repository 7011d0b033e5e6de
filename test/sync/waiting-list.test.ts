import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { addToWaitingList } from '../../src-main/core/appointments/waiting-list-change.ts';
import { bookFromWaitingList } from '../../src-main/core/appointments/waiting-list-gap.ts';
import { waitingList } from '../../src-main/core/appointments/waiting-list-read.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

describe('two desks that serve one entry of the waiting list apart', { timeout: 60_000 }, () => {
  let clinic: SmallClinic;
  let one: LiveDesk;
  let two: LiveDesk;

  beforeAll(async () => {
    clinic = await smallClinic();
  });
  const openBoth = async () => {
    one = liveDesk(clinic.desks[0]?.url ?? '');
    two = liveDesk(clinic.desks[1]?.url ?? '');
    await Promise.all([one.quiet(), two.quiet()]);
  };
  afterEach(async () => {
    await one.dispose();
    await two.dispose();
  });
  afterAll(() => clinic.drop());

  const slot = (number: number): string => clinic.doctors[0]?.slots[number] ?? '';
  const bothQuiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  /** Desk 2 gives the entry one time, desk 1 another, and desk 2 is back first. */
  const serveApart = async (entryId: string, theirs: string, mine: string) => {
    await bothQuiet();
    one.engine.workOffline(true);
    two.engine.workOffline(true);
    const kept = must(bookFromWaitingList(two, anyone, { entryId, slotId: theirs })).appointment;
    const lost = must(bookFromWaitingList(one, anyone, { entryId, slotId: mine })).appointment;
    two.engine.workOffline(false);
    await two.quiet();
    one.engine.workOffline(false);
    await bothQuiet();
    return { kept, lost };
  };
  const patientsBookings = (patientId: string) =>
    one.replica
      .statement(`select slot_id from appointments where patient_id = ? and status = 'scheduled'`)
      .pluck()
      .all(patientId);

  test('book nobody twice: the second booking is refused whole and shown', async () => {
    await openBoth();
    const patientId = clinic.patients[0] ?? '';
    const { id } = must(addToWaitingList(one, anyone, { patientId, wish: {} }));
    const { kept, lost } = await serveApart(id, slot(0), slot(1));
    expect(patientsBookings(patientId)).toEqual([kept.slotId]);
    expect(readAppointment(one, lost.id)).toBeUndefined();
    expect(must(conflicts(one, anyone))).toMatchObject([
      { kind: 'bookFromWaitingList', code: 'clash', subject: { patientId } },
    ]);
    for (const desk of [one, two]) expect(must(waitingList(desk, anyone, { patientId }))).toEqual([]);
  });

  test('move an appointment to one place only, and the other desk is asked', async () => {
    await openBoth();
    const patientId = clinic.patients[1] ?? '';
    const { id: appointmentId } = must(book(one, anyone, { slotId: slot(9), patientId }));
    const { id } = must(addToWaitingList(one, anyone, { patientId, appointmentId, wish: {} }));
    const { kept } = await serveApart(id, slot(3), slot(4));
    for (const desk of [one, two]) expect(readAppointment(desk, appointmentId)?.slotId).toBe(kept.slotId);
    expect(must(conflicts(one, anyone)).map(({ kind, code }) => [kind, code])).toContainEqual([
      'bookFromWaitingList',
      'clash',
    ]);
  });
});
