import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { scheduleDischargeCall } from '../../src-main/core/calls/discharge.ts';
import { dialCall } from '../../src-main/core/calls/discharge-calls.ts';
import { callList } from '../../src-main/core/calls/list.ts';
import { logCall, takeBackCall } from '../../src-main/core/calls/log-call.ts';
import { addRecall, patientRecalls, updateRecall } from '../../src-main/core/calls/recalls.ts';
import { kioskCheckIn } from '../../src-main/core/kiosk/check-in.ts';
import { stationSession } from '../../src-main/core/kiosk/stations.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { cases } from '../../src-main/core/schema/replica/index.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

describe('two desks that call apart', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  let one: LiveDesk;
  let two: LiveDesk;

  beforeAll(async () => {
    clinic = await smallClinic();
    one = liveDesk(clinic.desks[0]?.url ?? '');
    two = liveDesk(clinic.desks[1]?.url ?? '');
    await Promise.all([one.quiet(), two.quiet()]);
  });
  afterAll(async () => {
    await one.dispose();
    await two.dispose();
    await clinic.drop();
  });

  const bothQuiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  /** Both do their part with the cable out; one's reaches central first. */
  const apart = async (first: () => void, second: () => void) => {
    await bothQuiet();
    one.engine.workOffline(true);
    two.engine.workOffline(true);
    first();
    second();
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await bothQuiet();
    expect([one.engine.state().refused, two.engine.state().refused]).toEqual([0, 0]);
  };
  let slot = 0;
  const booked = async () => {
    const slotId = clinic.doctors[0]?.slots[slot++] ?? '';
    const { id } = must(book(one, anyone, { slotId, patientId: clinic.patients[0] ?? '' }));
    await bothQuiet();
    return id;
  };
  const attempts = (subject: string) =>
    withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        'select outcome from call_attempts where subject_id = $1 order by called_at',
        [subject],
      );
      return rows.map(({ outcome }) => outcome);
    });
  const log = (
    desk: LiveDesk,
    list: 'confirmation' | 'recall' | 'discharge',
    id: string,
    outcome: 'reached' | 'no_answer',
  ) => must(logCall(desk, anyone, { list, id, outcome }));

  test('both tries stand, and the first stamp of the confirmation does', async () => {
    const id = await booked();
    one.setNow('2026-11-24T07:01:00.000Z');
    two.setNow('2026-11-24T07:05:00.000Z');
    await apart(
      () => log(one, 'confirmation', id, 'reached'),
      () => log(two, 'confirmation', id, 'reached'),
    );
    expect(await attempts(id)).toEqual(['reached', 'reached']);
    for (const desk of [one, two])
      expect(readAppointment(desk, id)?.confirmedAt).toBe('2026-11-24T07:01:00.000Z');
  });

  test('a recall that one settles and the other drops is settled, and nobody is asked', async () => {
    const patientId = clinic.patients[1] ?? '';
    const { id } = must(addRecall(one, anyone, { patientId, dueOn: '2026-11-24', reason: 'Yearly check' }));
    await apart(
      () => log(one, 'recall', id, 'reached'),
      () => must(updateRecall(two, anyone, { recallId: id, set: { status: 'cancelled' } })),
    );
    for (const desk of [one, two])
      expect(must(patientRecalls(desk, anyone, { patientId }))).toMatchObject([{ id, status: 'done' }]);
  });

  test('a try taken back at one desk leaves the other’s, also at central', async () => {
    const id = await booked();
    one.setNow('2026-11-24T07:11:00.000Z');
    two.setNow('2026-11-24T07:15:00.000Z');
    const mistake = log(one, 'confirmation', id, 'no_answer');
    await apart(
      () => must(takeBackCall(one, anyone, { attemptId: mistake.id })),
      () => log(two, 'confirmation', id, 'reached'),
    );
    expect(await attempts(id)).toHaveLength(3);
    expect(readAppointment(one, id)?.confirmedAt).toBe('2026-11-24T07:15:00.000Z');
  });

  const consultations = ['0192f000-0050-7000-8000-000000000001', '0192f000-0050-7000-8000-000000000002'];
  const callOf = (caseId: string): string => caseId.replace('-0050-', '-0051-');
  const schedule = (desk: LiveDesk, caseId: string): void =>
    writeChange(desk, { kind: 'idexxRun', actor: null }, (change) => {
      change.insert(cases, {
        id: caseId,
        externalId: `idexx-1-${caseId}`,
        patientId: clinic.patients[2] ?? null,
        status: 'completed',
        reason: 'Limping',
        dischargeSummary: 'Rest.',
      });
      scheduleDischargeCall(change, {
        id: callOf(caseId),
        caseId,
        patientId: clinic.patients[2] ?? '',
        dueAt: '2026-11-24T06:00:00.000Z',
        phone: '+30 210 555 0142',
      });
    });
  const discharge = (desk: LiveDesk, caseId: string) =>
    must(callList(desk, anyone, { list: 'discharge', locationId: clinic.locationId, days: 1 })).find(
      ({ id }) => id === callOf(caseId),
    )?.discharge;

  test('a discharge call that both schedule is one, and of two that begin it one has it', async () => {
    const [caseId = ''] = consultations;
    one.setNow('2026-11-24T07:20:00.000Z');
    two.setNow('2026-11-24T07:20:00.001Z');
    await apart(
      () => schedule(one, caseId),
      () => schedule(two, caseId),
    );
    const ring = { id: callOf(caseId), step: 'ringing' } as const;
    await apart(
      () => must(dialCall(one, anyone, ring)),
      () => must(dialCall(two, anyone, ring)),
    );
    for (const desk of [one, two])
      expect(discharge(desk, caseId)).toMatchObject({ status: 'ringing', mine: desk === one });
    expect(dialCall(two, anyone, ring)).toMatchObject({ error: { code: 'being_called' } });
  });

  test('a discharge call that nobody answered at either desk waits for its next try, and nobody is asked', async () => {
    const [, caseId = ''] = consultations;
    schedule(one, caseId);
    await bothQuiet();
    one.setNow('2026-11-24T07:21:00.000Z');
    two.setNow('2026-11-24T07:25:00.000Z');
    await apart(
      () => log(one, 'discharge', callOf(caseId), 'no_answer'),
      () => log(two, 'discharge', callOf(caseId), 'no_answer'),
    );
    for (const desk of [one, two]) expect(discharge(desk, caseId)).toMatchObject({ status: 'queued' });
    expect(await attempts(callOf(caseId))).toEqual(['no_answer', 'no_answer']);
  });

  test('a patient whom the kiosk and the other desk check in apart has arrived once, by the first stamp', async () => {
    const id = await booked();
    const dateOfBirth = '1980-03-12';
    must(
      updatePatient(one, anyone, {
        patientId: clinic.patients[0] ?? '',
        set: { dateOfBirth },
        confirmContact: false,
      }),
    );
    const kiosk = stationSession({ kind: 'kiosk', locationId: clinic.locationId });
    const { scheduled_at: start } = one.replica
      .statement('select scheduled_at from appointments where id = ?')
      .get(id) as { scheduled_at: number };
    // The other appointments of this patient are not due any more by then.
    one.setNow(new Date(start + 29 * 60_000).toISOString());
    two.setNow(new Date(start + 30 * 60_000).toISOString());
    await apart(
      () =>
        expect(
          kioskCheckIn(one, kiosk, { firstName: 'Patient', lastName: 'No0', dateOfBirth }),
        ).toMatchObject({ value: { answer: 'seated' } }),
      () => must(checkIn(two, anyone, { appointmentId: id, contactConfirmed: false })),
    );
    expect(readAppointment(two, id)).toMatchObject({
      status: 'arrived',
      arrivedAt: new Date(start + 29 * 60_000).toISOString(),
    });
  });
});
