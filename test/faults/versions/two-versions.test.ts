import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../support/central.ts';
import type { SmallClinic } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';
import { clinicOf, migrate, presentProgram } from './clinic.ts';
import { SkewDesk } from './desk.ts';
import { earlierProgram, type Program } from './earlier.ts';

interface Booked {
  id: string;
}

describe.each([2, 3, 4] as const)('a desk of version %i', { timeout: 120_000 }, (version) => {
  let earlier: Program;
  let clinic: SmallClinic;
  let desks: SkewDesk[] = [];

  beforeAll(async () => {
    earlier = await earlierProgram(version);
  });
  afterEach(async () => {
    for (const desk of desks) await desk.dispose();
    desks = [];
    await clinic.drop();
  });

  const begin = async (central: Program, ...programs: Program[]): Promise<SkewDesk[]> => {
    clinic = await clinicOf(
      central,
      programs.map((_, index) => `Desk ${index + 1}`),
    );
    desks = clinic.desks.map(({ url }) => new SkewDesk(url));
    for (const [index, desk] of desks.entries()) await desk.start(programs[index] ?? earlier);
    for (const desk of desks) await desk.quiet();
    return desks;
  };
  const book = (desk: SkewDesk, slot: number, patient: number): Promise<Booked> =>
    desk.told<Booked>('book', {
      slotId: clinic.doctors[0]?.slots[slot],
      patientId: clinic.patients[patient],
      visitTypeId: clinic.visitTypeId,
    });
  const move = (desk: SkewDesk, appointmentId: string, slot: number) =>
    desk.told('reschedule', { appointmentId, slotId: clinic.doctors[0]?.slots[slot] });
  const setCity = (desk: SkewDesk, patient: number, city: string) =>
    desk.told('updatePatient', { patientId: clinic.patients[patient], set: { city } });
  const cityAt = async (desk: SkewDesk, patient: number) =>
    (
      await desk.told<{ patient: { city: string | null } }>('patient', {
        patientId: clinic.patients[patient],
      })
    ).patient.city;
  const onCentral = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    withClient(clinic.ownerUrl, async (owner) => (await owner.query(sql, values)).rows as T[]);

  test('works beside one of now at a central of now, and what both sold is told to one of them', async () => {
    const [old, now] = (await begin(presentProgram, earlier, presentProgram)) as [SkewDesk, SkewDesk];
    const { id } = await book(old, 0, 0);
    await until('the booking is read', async () => (await now.call('appointment', { appointmentId: id })).ok);
    await move(now, id, 9);
    await setCity(now, 1, 'Volos');
    await until('the city is read', async () => (await cityAt(old, 1)) === 'Volos');
    await old.offline();
    await now.offline();
    await book(old, 3, 2);
    await book(now, 3, 3);
    await now.online();
    await now.quiet();
    await old.online();
    await old.says('one refusal', ({ refused, waiting }) => refused === 1 && waiting === 0);
    expect(await old.told('conflicts')).toMatchObject([{ kind: 'book', code: 'taken' }]);
    expect(await now.told('conflicts')).toEqual([]);
  });

  test('keeps through its update what it had not sent, and reads what it could not know before', async () => {
    const [desk] = (await begin(presentProgram, earlier)) as [SkewDesk];
    const patient = clinic.patients[0];
    await onCentral(
      `insert into cases (clinic_id, id, external_id, patient_id, reason, consulted_at)
       values ($1, gen_random_uuid(), '7', $2, 'Cough', now())`,
      [clinic.clinicId, patient],
    );
    await setCity(desk, 1, 'Patras');
    await desk.quiet();
    await desk.offline();
    const { id } = await book(desk, 5, 4);
    await move(desk, id, 6);
    await setCity(desk, 2, 'Larisa');
    await desk.start(presentProgram);
    await desk.quiet();
    expect(await onCentral(`select slot_id from appointments where id = $1`, [id])).toEqual([
      { slot_id: clinic.doctors[0]?.slots[6] },
    ]);
    expect(await onCentral(`select city from patients where id = $1`, [clinic.patients[2]])).toEqual([
      { city: 'Larisa' },
    ]);
    expect((await desk.state()).refused).toBe(0);
    expect(await desk.differences()).toEqual([]);
  });

  test('was at a central of its version when it was updated first: it stops politely, and goes on by itself', async () => {
    const [desk, other] = (await begin(earlier, earlier, earlier)) as [SkewDesk, SkewDesk];
    await book(desk, 0, 0);
    await desk.quiet();
    await desk.start(presentProgram);
    const tooOld = ({ phase, reason }: { phase: string; reason: string | null }) =>
      phase === 'stopped' && reason === 'central_too_old';
    await desk.says('that central is too old', tooOld);
    const { id } = await book(desk, 1, 1);
    await setCity(other, 2, 'Chania');
    await other.quiet();
    expect(await desk.state()).toMatchObject({ waiting: 1, refused: 0 });
    expect(await onCentral(`select 1 from appointments where id = $1`, [id])).toEqual([]);
    await migrate(clinic.ownerUrl);
    await desk.offline();
    await desk.online();
    await desk.quiet();
    expect(await cityAt(desk, 2)).toBe('Chania');
    await until(
      'the other reads it',
      async () => (await other.call('appointment', { appointmentId: id })).ok,
    );
    expect(await desk.differences()).toEqual([]);
  });
});
