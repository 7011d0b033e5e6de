import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../../src-main/core/appointments/book.ts';
import { updatePatient } from '../../../src-main/core/patients/update.ts';
import { openRefusals } from '../../../src-main/core/replica/refusals.ts';
import { startStream } from '../../../src-main/core/replica/stream.ts';
import { withClient } from '../../support/central.ts';
import { anyone, deskOnFile, temporaryFolder } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';

const DESKS = 50;

describe('fifty desks that come back together after a day offline', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  const key = randomBytes(32);
  let clinic: SmallClinic;
  let desks: LiveDesk[] = [];
  beforeAll(async () => {
    const names = Array.from({ length: DESKS }, (_, index) => `Desk ${index + 1}`);
    clinic = await smallClinic(names, DESKS);
  });
  afterAll(async () => {
    await Promise.all(desks.map((desk) => desk.dispose()));
    await clinic.drop();
    folder.remove();
  });

  test('lose nobody’s day: each change is at central or in the inbox of its desk, once', async () => {
    const first = join(folder.path, 'first.db');
    const filled = liveDesk(clinic.desks[0]?.url ?? '', {}, deskOnFile(first, key));
    await filled.quiet();
    await filled.dispose();
    const slots = clinic.doctors.flatMap((doctor) => doctor.slots);
    const told: string[] = [];
    const alone = Array.from({ length: DESKS }, (_, index) => {
      const file = join(folder.path, `${index}.db`);
      copyFileSync(first, file);
      const desk = deskOnFile(file, key);
      desk.replica.db.transaction(() => startStream(desk.replica, desk.newId()))();
      const patientId = clinic.patients[index] ?? '';
      // Three desks want each hour; a patient is every desk's own.
      told.push(must(book(desk, anyone, { slotId: slots[index % slots.length] ?? '', patientId })).id);
      must(updatePatient(desk, anyone, { patientId, set: { city: `City ${index}` }, confirmContact: false }));
      return desk;
    });
    desks = alone.map((desk, index) => liveDesk(clinic.desks[index]?.url ?? '', { pollMs: 1_000 }, desk));
    await until('all have been answered', () =>
      desks.every(({ engine }) => engine.state().phase === 'online' && engine.state().waiting === 0),
    );
    const changes = await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select r ->> 'id' as id, outcome from changes, jsonb_array_elements(rows) r`,
      );
      return rows as { id: string; outcome: string }[];
    });
    const outcomes = (id: string) => changes.filter((row) => row.id === id).map(({ outcome }) => outcome);
    for (const [index, id] of told.entries()) {
      const refused = desks[index] ? openRefusals(desks[index].replica) : [];
      const inInbox = refused.flatMap((entry) =>
        entry.changes.flatMap(({ rows }) => rows.map((row) => row.id)),
      );
      expect(outcomes(id)).toEqual([inInbox.includes(id) ? 'refused' : 'applied']);
      expect(outcomes(clinic.patients[index] ?? '')).toEqual(['applied']);
    }
    const live = await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select count(*)::int as n from appointments where status = 'scheduled'`,
      );
      return rows[0].n as number;
    });
    expect(live).toBe(slots.length);
    for (const index of [0, 17, DESKS - 1]) {
      const desk = desks[index];
      await desk?.caughtUp();
      expect(desk && (await differences(clinic.desks[index]?.url ?? '', desk.replica))).toEqual([]);
    }
  });
});
