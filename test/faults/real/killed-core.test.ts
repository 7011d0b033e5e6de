import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Replica } from '../../../src-main/core/replica/open.ts';
import { toldTroubles } from '../../../src-main/core/replica/troubles.ts';
import { withClient } from '../../support/central.ts';
import { type KillAt, startChild } from '../../support/child.ts';
import { deskOnFile, temporaryFolder } from '../../support/desk.ts';
import { liveDesk } from '../../support/live-desk.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';

/** Where a power cut may find the core, in the order in which a desk comes there. */
const points: [when: string, killAt: KillAt][] = [
  ['making the tables of a new copy', { step: 'sqlite create appointments', when: 'after' }],
  ['before the new tables are committed', { step: 'COMMIT .*create appointments', when: 'before' }],
  ['filling the first copy', { step: 'central asks copy', when: 'after', nth: 5 }],
  ['before the filled copy is flushed', { step: 'file fsyncSync', when: 'before' }],
  ['carrying the desk over into the filled copy', { step: 'COMMIT insert desk_state$', when: 'before' }],
  ['before the filled copy is put in place', { step: 'file renameSync', when: 'before' }],
  ['after the filled copy was put in place', { step: 'file renameSync', when: 'after' }],
  ['between the rows of a booking and its entry', { step: 'sqlite insert outbox$', when: 'before' }],
  ['before a booking is committed', { step: 'COMMIT .*insert outbox', when: 'before' }],
  ['after a booking was committed, before it is said', { step: 'COMMIT .*insert outbox', when: 'after' }],
  ['with a push under way', { step: 'central asks push$', when: 'after' }],
  ['with the answer to a push in hand', { step: 'central answers push$', when: 'after' }],
  ['keeping the answer to a push', { step: 'COMMIT insert acknowledged', when: 'before' }],
  ['with the answer to a push kept', { step: 'COMMIT insert acknowledged', when: 'after' }],
  ['taking central’s rows', { step: 'COMMIT .*delete outbox$', when: 'before' }],
  ['with central’s rows taken', { step: 'COMMIT .*delete outbox$', when: 'after' }],
  [
    'between the two places of the mark against copies',
    { step: 'file writeFileSync', when: 'before', nth: 2 },
  ],
];

describe('a core killed with -9', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'replica.db');
  const key = randomBytes(32);
  const said: string[] = [];
  let clinic: SmallClinic;
  let url = '';
  let slots: string[] = [];
  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1']);
    url = clinic.desks[0]?.url ?? '';
    slots = clinic.doctors.flatMap((doctor) => doctor.slots);
  });
  afterAll(async () => {
    await clinic.drop();
    folder.remove();
  });

  test.each(points)('%s has kept all that it said, and nothing by halves', async (_, killAt) => {
    const child = startChild(
      'works',
      [file, key.toString('hex'), url, clinic.patients[0] ?? '', ...slots.splice(0, 2)],
      killAt,
    );
    const ended = await Promise.race([
      child.ended,
      child.said((line) => line === 'quiet').catch(() => child.ended),
    ]);
    if (ended !== 'SIGKILL') await child.kill();
    said.push(...child.lines().filter((line) => line !== 'quiet'));
    expect(ended, 'the point was reached').toBe('SIGKILL');
    const replica = new Replica({ file, key, newId });
    const stored = new Set(replica.statement('select id from appointments').pluck().all());
    expect(said.filter((id) => !stored.has(id))).toEqual([]);
    expect(replica.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(existsSync(replica.rebuildFile)).toBe(false);
    replica.close();
  });

  test('goes on as if nothing had been, with every booking at central once', async () => {
    const desk = liveDesk(url, { pollMs: 100 }, deskOnFile(file, key));
    await desk.quiet();
    await desk.caughtUp();
    expect(await differences(url, desk.replica)).toEqual([]);
    const booked = desk.replica.statement('select id from appointments').pluck().all();
    const outcomes = await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select r ->> 'id' as id, outcome from changes, jsonb_array_elements(rows) r where r ->> 'table' = 'appointments'`,
      );
      return rows as { id: string; outcome: string }[];
    });
    expect(outcomes.map(({ id, outcome }) => `${id} ${outcome}`).sort()).toEqual(
      booked.map((id) => `${id} applied`).sort(),
    );
    expect(said.length).toBeGreaterThan(5);
    expect(toldTroubles(desk.replica)).toEqual([]);
    await desk.dispose();
  });
});
