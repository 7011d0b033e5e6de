import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { Replica } from '../../src-main/core/replica/open.ts';
import { unanswered } from '../../src-main/core/replica/outbox.ts';
import { approximateRows } from '../../src-main/core/replica/size.ts';
import { withClient } from '../support/central.ts';
import { startChild } from '../support/child.ts';
import { deskOnFile, temporaryFolder } from '../support/desk.ts';
import { liveDesk } from '../support/live-desk.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const keyOf = () => randomBytes(32);

describe('a core killed with -9', () => {
  test('in the middle of writing has saved all that it said, and nothing by halves', async () => {
    const key = keyOf();
    const file = join(folder.path, 'writes.db');
    for (let round = 1; round <= 4; round += 1) {
      const child = startChild('registers', [file, key.toString('hex')]);
      await child.said(() => child.lines().length > 20);
      await pause(round * 7);
      await child.kill();
      const replica = new Replica({ file, key, newId });
      const stored = new Set(replica.statement('select id from patients').pluck().all());
      const said = child.lines().flatMap((line) => line.split(' '));
      expect(said.filter((id) => !stored.has(id))).toEqual([]);
      const waiting = unanswered(replica);
      expect(waiting.flatMap(({ rows }) => rows.map(({ id }) => id)).sort()).toEqual([...stored].sort());
      expect(waiting.map(({ deskSeq }) => deskSeq)).toEqual(waiting.map((_, at) => at + 1));
      expect(replica.db.pragma('integrity_check', { simple: true })).toBe('ok');
      replica.close();
    }
  });
});

describe('a first sync killed with -9', () => {
  let clinic: SmallClinic;
  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1'], 0);
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        `insert into patients (clinic_id, id, first_name, last_name)
         select $1, gen_random_uuid(), 'Patient', 'No' || n from generate_series(1, 30000) n`,
        [clinic.clinicId],
      ),
    );
  });
  afterAll(() => clinic.drop());

  test('at any point leaves an empty replica or a whole one, and the next start ends whole', async () => {
    const key = keyOf();
    const file = join(folder.path, 'first-sync.db');
    const url = clinic.desks[0]?.url ?? '';
    for (const wait of [0, 100, 300]) {
      const child = startChild('syncs', [file, key.toString('hex'), url]);
      await child.said((line) => /"progress":\{|"phase":"online"/.test(line));
      await pause(wait);
      await child.kill();
      const replica = new Replica({ file, key, newId });
      const { epoch, cursor } = readDeskState(replica);
      if (epoch === null) expect([cursor, approximateRows(replica)]).toEqual([0, 0]);
      else expect(await differences(url, replica)).toEqual([]);
      expect(existsSync(replica.rebuildFile)).toBe(false);
      replica.close();
    }
    const desk = liveDesk(url, {}, deskOnFile(file, key));
    await desk.quiet();
    expect(await differences(url, desk.replica)).toEqual([]);
    await desk.dispose();
  }, 120_000);
});
