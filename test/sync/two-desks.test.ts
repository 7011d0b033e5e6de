import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

describe('two desks of one clinic', () => {
  let clinic: SmallClinic;
  let open: LiveDesk[] = [];
  const desk = async (at: number): Promise<LiveDesk> => {
    const live = liveDesk(clinic.desks[at]?.url ?? '');
    open.push(live);
    await live.quiet();
    return live;
  };
  beforeAll(async () => {
    clinic = await smallClinic();
  });
  afterEach(async () => {
    for (const live of open) await live.dispose();
    open = [];
  });
  afterAll(() => clinic.drop());

  test('what is booked at one desk stands in the replica of the other', async () => {
    const [one, two] = [await desk(0), await desk(1)];
    const booked = book(one, anyone, {
      slotId: clinic.doctors[0]?.slots[0] ?? '',
      patientId: clinic.patients[0] ?? '',
    });
    if (!booked.ok) throw new Error(booked.error.code);
    const there = await until('desk 2 has it', () => readAppointment(two, booked.value.id));
    expect(there).toMatchObject({ status: 'scheduled', slotId: clinic.doctors[0]?.slots[0] });
    await one.quiet();
  });
});
