import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../../src-main/core/central/audit-log.ts';
import { withClient } from '../../support/central.ts';
import type { SmallClinic } from '../../support/small-clinic.ts';
import { clinicOf, migrate, presentProgram } from './clinic.ts';
import { SkewDesk } from './desk.ts';
import { earlierProgram, type Program } from './earlier.ts';

const deskCount = 10;

/** A desk at which somebody works without a pause, and what they were told is saved. */
interface Busy {
  desk: SkewDesk;
  /** Appointments that were booked here. */
  booked: string[];
  /** How often this desk's own patient moved: each time to a city of that number. */
  city: number;
  patient: string;
}

interface Booked {
  id: string;
}

describe('ten desks of version 2 that are updated one by one, central first', { timeout: 240_000 }, () => {
  let clinic: SmallClinic;
  let busy: Busy[];
  let two: Program;

  beforeAll(async () => {
    two = await earlierProgram(2);
    const names = Array.from({ length: deskCount }, (_, index) => `Desk ${index + 1}`);
    clinic = await clinicOf(two, names, { patients: deskCount, doctors: 10 });
    busy = clinic.desks.map(({ url }, index) => ({
      desk: new SkewDesk(url),
      booked: [],
      city: 0,
      patient: clinic.patients[index] ?? '',
    }));
  });
  afterAll(async () => {
    for (const { desk } of busy) await desk.dispose();
    await clinic.drop();
  });

  const slots = () => clinic.doctors.flatMap((doctor) => doctor.slots);

  /** One thing that a person does: books the next slot that this desk takes for free, then moves their patient. */
  const work = async (one: Busy, round: number): Promise<void> => {
    const { desk, patient } = one;
    const all = slots();
    const start = busy.indexOf(one) * 7 + round * 5;
    for (let tried = 0; tried < all.length; tried += 1) {
      const slotId = all[(start + tried) % all.length];
      const answer = await desk.call('book', { slotId, patientId: patient, visitTypeId: clinic.visitTypeId });
      if (!answer.ok) continue;
      one.booked.push((answer.value as Booked).id);
      break;
    }
    await desk.told('updatePatient', { patientId: patient, set: { city: `City ${one.city + 1}` } });
    one.city += 1;
  };

  /** All that are on work at once, without waiting for central. */
  const everybodyWorks = async (round: number, except?: Busy): Promise<void> => {
    await Promise.all(busy.filter((one) => one !== except).map((one) => work(one, round)));
  };

  test('lose nothing that a person was told is saved, sell nothing twice, and end alike', async () => {
    for (const { desk } of busy) await desk.start(two);
    for (const { desk } of busy) await desk.quiet();
    await everybodyWorks(0);
    const migrated = migrate(clinic.ownerUrl);
    await everybodyWorks(1);
    await migrated;
    const [three, four] = [await earlierProgram(3), await earlierProgram(4)];
    for (const [index, one] of busy.entries()) {
      // Some clinics skip versions, and some do not.
      const steps = [[], [three], [four], [three, four]][index % 4] ?? [];
      for (const program of steps) await one.desk.start(program);
      const started = one.desk.start(presentProgram);
      if (index % 3 === 0) await everybodyWorks(2 + index, one);
      await started;
      await work(one, 2 + index);
    }
    for (const { desk } of busy) await desk.quiet();
    for (const { desk } of busy) await desk.quiet();

    const { live, cities, twice } = await readCentral();
    for (const { desk, booked, city, patient } of busy) {
      const inbox = await desk.told<{ kind: string; code: string }[]>('conflicts');
      const applied = booked.filter((id) => live.has(id));
      expect(applied.length + inbox.length).toBe(booked.length);
      for (const entry of inbox) expect(entry).toMatchObject({ kind: 'book', code: 'taken' });
      expect(cities.get(patient)).toBe(`City ${city}`);
    }
    expect(live.size).toBe(
      busy.reduce((sum, { booked }) => sum + booked.filter((id) => live.has(id)).length, 0),
    );
    expect(twice).toBe(0);
    for (const { desk } of busy) expect(await desk.differences()).toEqual([]);
    await auditIsWhole();
  });

  const readCentral = () =>
    withClient(clinic.ownerUrl, async (owner) => {
      const appointments = await owner.query<{ id: string }>('select id from appointments');
      const patients = await owner.query<{ id: string; city: string }>('select id, city from patients');
      const overlaps = await owner.query<{ count: string }>(
        `select count(*) from appointments a join appointments b on a.doctor_id = b.doctor_id and a.id < b.id
         and tstzrange(a.scheduled_at, a.ends_at) && tstzrange(b.scheduled_at, b.ends_at)`,
      );
      return {
        live: new Set(appointments.rows.map(({ id }) => id)),
        cities: new Map(patients.rows.map(({ id, city }) => [id, city])),
        twice: Number(overlaps.rows[0]?.count),
      };
    });

  const auditIsWhole = async (): Promise<void> => {
    const broken: string[] = [];
    await verifyAudit(clinic.ownerUrl, clinic.clinicId, ({ verdict }) => {
      if (!verdict.whole) broken.push(JSON.stringify(verdict));
    });
    expect(broken).toEqual([]);
  };
});
