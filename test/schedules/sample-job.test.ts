import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDesk } from '../../src-main/core/central/admin.ts';
import { loadSample } from '../../src-main/core/sample/load.ts';
import { SlotJob } from '../../src-main/core/schedules/slot-job.ts';
import { freshCentral, type TestCentral } from '../support/central.ts';
import { loneDesk } from '../support/desk.ts';
import { liveDesk } from '../support/live-desk.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

test('the slots of a fresh sample clinic are those that its rules give, so the job has nothing to do', async () => {
  const now = new Date().toISOString();
  const { clinicId } = await loadSample(central.ownerUrl, { seed: 7, now });
  const added = await addDesk(central.ownerUrl, { clinicId, name: 'Desk' });
  if (!added.ok) throw new Error(added.error.message);
  const desk = liveDesk(added.value.url, {}, loneDesk(now));
  await desk.quiet();
  const job = new SlotJob(desk, { ready: () => true });
  await job.run();
  await job.stop();
  const made = desk.replica
    .statement(
      `select json_array_length(rows) n, json_extract(rows,'$[0]') r from outbox where kind = 'makeSlots'`,
    )
    .all();
  expect(made).toEqual([]);
  await desk.dispose();
});
