import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallName, type CallOutput, calls } from '../../src-main/contract/calls.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import { loggedErrors } from '../../src-main/core/diagnostics/logged-errors.ts';
import { type FrontDesk, openFrontDesk } from '../../src-main/core/front-desk.ts';
import { openRecords, type Records } from '../../src-main/shell/records.ts';
import { found } from '../support/canaries.ts';
import { memoryNonce, temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

const canaries = { name: 'Κανάρινος', phone: '6999123777', reason: 'kanari-rash-on-left-arm' };

it('what failed is read from the log newest first, and a line that is none is passed over', () => {
  const line = (level: string, message: string, facts: object) =>
    JSON.stringify({ at: '2026-11-24T07:00:00.000Z', level, message, ...facts });
  const lines = [
    line('error', 'one', { fault: 'Error', count: 3, known: null }),
    line('info', 'two', { quoting: '"level":"error"' }),
    '{"at":"2026-11-24T07:00:00.000Z","level":"error","mess',
    line('error', 'three', { nested: { name: 'x' } }),
    line('error', 'four', {}),
  ];
  expect(loggedErrors(lines, 5)).toEqual([
    { at: '2026-11-24T07:00:00.000Z', message: 'four', facts: {} },
    {
      at: '2026-11-24T07:00:00.000Z',
      message: 'one',
      facts: { fault: 'Error', count: '3', known: 'null' },
    },
  ]);
  expect(loggedErrors(lines, 1).map(({ message }) => message)).toEqual(['four']);
});

describe('a desk that is looked after', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  let clinic: SmallClinic;
  let desk: FrontDesk;
  let records: Records;

  const ask = async <N extends CallName>(name: N, input: unknown = {}): Promise<CallOutput<N>> => {
    const value = must((await desk.dispatch(name, input, desk.session)) as Result<CallOutput<N>>);
    return calls[name].output.parse(value) as CallOutput<N>;
  };

  beforeAll(async () => {
    clinic = await smallClinic(['Front']);
    records = openRecords({ data: folder.path, desk: 'Front' }, () => undefined);
    const file = join(folder.path, 'replica.db');
    writeFileSync(`${file}.set-aside-2026-11-24`, 'x'.repeat(1000));
    desk = must(
      await openFrontDesk({
        file,
        key: randomBytes(32),
        centralUrl: clinic.desks[0]?.url ?? '',
        nonce: memoryNonce(),
        log: records.log,
        records,
      }),
    );
    await until('the desk is online', async () => (await ask('syncState')).phase === 'online');
  });
  afterAll(async () => {
    await desk.close();
    await records.close();
    await clinic.drop();
    folder.remove();
  });

  it('says who it is, how it stands, what waits, what it takes of the disk and when its copy was made', async () => {
    await ask('workOffline', { offline: true });
    await ask('registerPatient', { firstName: canaries.name, lastName: 'Off', phone: canaries.phone });
    const told = await ask('diagnostics');
    expect(told.desk).toMatchObject({ name: 'Front', clinicId: clinic.clinicId });
    expect(told.sync).toMatchObject({ phase: 'offline', byChoice: true, waiting: 1 });
    expect(told.queue.oldestAt).not.toBeNull();
    expect(told.queue.position).toBeGreaterThan(0);
    expect(told.sizes.copy + told.sizes.writeAhead).toBeGreaterThan(10_000);
    expect(told.sizes).toMatchObject({ setAside: { count: 1, bytes: 1000 } });
    expect(told.sizes.diskFree).toBeGreaterThan(0);
    expect(told.lastFilled?.rows).toBeGreaterThan(0);
    expect(told.errors).toEqual([]);
    expect(told.crashes).toEqual([]);
    await ask('workOffline', { offline: false });
    await until('the desk is online again', async () => (await ask('syncState')).phase === 'online');
  });

  it('tells of a fault in a page until somebody has seen to it, and puts the report into the file', async () => {
    expect(await ask('newCrash')).toEqual({ at: null });
    await ask('noteScreenFault', {
      fault: 'TypeError',
      stack: `TypeError: ${canaries.name}\n    at draw (http://127.0.0.1:1/assets/index.js:1:9)`,
    });
    const { at } = await ask('newCrash');
    expect(at).not.toBeNull();
    const { crashes } = await ask('diagnostics');
    expect(crashes).toMatchObject([
      { at, part: 'screen', fault: 'TypeError', frames: ['draw http://127.0.0.1:1/assets/index.js:1:9'] },
    ]);
    const { fileName, text } = await ask('diagnosticsFile');
    expect(fileName).toMatch(/^anteroom-diagnostics-[\d-]+\.json$/);
    expect(JSON.parse(text)).toMatchObject({
      crashes: [{ fault: 'TypeError', lines: expect.any(Array) }],
      log: expect.arrayContaining([expect.objectContaining({ message: 'sync', phase: 'online' })]),
    });
    expect(await ask('newCrash')).toEqual({ at: null });
    expect(await ask('diagnostics')).toMatchObject({ crashes: [{ isNew: false }] });
  });

  it('puts nothing of a patient into page or file, whatever failed', async () => {
    const [patientId = ''] = clinic.patients;
    await ask('addRecall', { patientId, dueOn: '2027-05-24', reason: canaries.reason });
    await ask('findPatient', { text: canaries.name });
    await desk.dispatch('book', { slotId: canaries.name }, desk.session);
    await desk.dispatch(canaries.name, {}, desk.session);
    const { text } = await ask('diagnosticsFile');
    expect(found(Buffer.from(text), canaries)).toEqual([]);
    expect(found(Buffer.from(JSON.stringify(await ask('diagnostics'))), canaries)).toEqual([]);
    if (homedir().length > 1) expect(text).not.toContain(homedir());
  });

  it('is told of by the pages without a sign of what a fault said', async () => {
    const odd = await desk.dispatch(
      'noteScreenFault',
      { fault: `Maria ${canaries.phone}`, stack: '' },
      desk.session,
    );
    expect(odd).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });
});
