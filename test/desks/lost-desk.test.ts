import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ClinicDesk, OwnStanding } from '../../src-main/contract/desks.ts';
import type { SyncState } from '../../src-main/contract/sync.ts';
import { noLog } from '../../src-main/core/log.ts';
import type { OpenDesk } from '../../src-main/shell/desk.ts';
import { openServedDesk } from '../../src-main/shell/served-desk.ts';
import { withClient } from '../support/central.ts';
import { startChild } from '../support/child.ts';
import { temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';
import { startNeo } from '../support/outside/neo.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

let clinic: SmallClinic;
const data = temporaryFolder();
const open: OpenDesk[] = [];
beforeAll(async () => {
  clinic = await smallClinic(['Front', 'Lost', 'Stopped', 'Killed']);
});
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close();
});
afterAll(async () => {
  await clinic.drop();
  data.remove();
});

const idOf = (name: string): string => clinic.desks.find((desk) => desk.name === name)?.deskId ?? '';
const folderOf = (name: string): string => join(data.path, 'desks', name.toLowerCase());

/** Starts a desk as `npm run start:web` does; with the address of central at its first start. */
const start = async (name: string, first = true): Promise<OpenDesk> => {
  const url = clinic.desks.find((desk) => desk.name === name)?.url ?? null;
  const options = { data: data.path, desk: name, insecureKeyFile: true, central: first ? url : null };
  const desk = await openServedDesk(options, noLog);
  open.push(desk);
  return desk;
};
const ask = async <T>(desk: OpenDesk, name: string, input: object = {}): Promise<T> =>
  must(await desk.dispatch(name, input)) as T;
const synced = (desk: OpenDesk) =>
  until('the desk is online', async () => {
    const { phase } = await ask<SyncState>(desk, 'syncState');
    return phase === 'online' || phase === 'sending';
  });
/** What a desk keeps of logins at outside systems. */
const keptLogins = (name: string): string[] => {
  const secrets = JSON.parse(readFileSync(join(folderOf(name), 'secrets.json'), 'utf8')) as object;
  return Object.keys(secrets).filter((one) => /^(idexx|cal-com)-/.test(one));
};
const standing = async (desk: OpenDesk) => (await ask<OwnStanding>(desk, 'standing')).standing;
const shown = async (desk: OpenDesk, name: string): Promise<ClinicDesk | undefined> =>
  (await ask<ClinicDesk[]>(desk, 'clinicDesks')).find((one) => one.name === name);

describe('a desk that an administrator disables from another one', { timeout: 60_000 }, () => {
  test('answers nothing at its next contact, also after a restart without a network, until it is enabled', async () => {
    const [front, stopped] = [await start('Front'), await start('Stopped')];
    await Promise.all([synced(front), synced(stopped)]);
    expect(await shown(front, 'Stopped')).toMatchObject({
      standing: 'working',
      waiting: 0,
      version: expect.any(String),
    });
    const login = { username: 'vet', password: 'by the harbour', companyId: '' };
    const neo = await startNeo({ users: [login], now: Date.now });
    await ask(stopped, 'updateIntegration', { source: 'idexx', settings: { baseUrl: neo.url } });
    await ask(stopped, 'saveIdexxCredentials', login);
    await neo.close();
    expect(keptLogins('Stopped')).toHaveLength(3);
    let told = 0;
    stopped.on((event) => {
      if (event.event === 'doorChanged') told += 1;
    });
    await ask(front, 'disableDesk', { deskId: idOf('Stopped'), wipe: false });
    await until('it is stopped', async () => (await standing(stopped)) === 'disabled');
    expect(told).toBeGreaterThan(0);
    await until('it leads in nowhere else', () => keptLogins('Stopped').length === 0);
    for (const [name, input] of [
      ['findPatient', { text: 'a' }],
      ['locations', {}],
      ['door', {}],
    ] as const) {
      const answer = await stopped.dispatch(name, input);
      expect(answer.ok, name).toBe(false);
    }
    expect((await stopped.dispatch('door', {})).ok).toBe(false);
    expect(stopped.openSeat().session.rights.has('patients.read')).toBe(false);
    await stopped.close();

    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(`alter role desk_${idOf('Stopped').replaceAll('-', '')} nologin`),
    );
    const again = await start('Stopped', false);
    expect(await standing(again)).toBe('disabled');
    expect((await again.dispatch('locations', {})).ok).toBe(false);
    expect(existsSync(join(folderOf('Stopped'), 'replica.db'))).toBe(true);
    await again.close();

    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(`alter role desk_${idOf('Stopped').replaceAll('-', '')} login`),
    );
    await ask(front, 'enableDesk', { deskId: idOf('Stopped') });
    const back = await start('Stopped', false);
    await until('it works again', async () => (await back.dispatch('locations', {})).ok);
    expect(await standing(back)).toBe('working');
  });

  test('is not the one at which it is asked', async () => {
    const front = await start('Front', false);
    await synced(front);
    const refused = await front.dispatch('disableDesk', { deskId: idOf('Front'), wipe: true });
    expect(refused).toMatchObject({ ok: false, error: { code: 'own_desk' } });
  });
});

describe('a desk that is to be wiped', { timeout: 60_000 }, () => {
  test('keeps nothing at all, says so, and tells central how much was lost with it', async () => {
    const [front, lost] = [await start('Front', false), await start('Lost')];
    await Promise.all([synced(front), synced(lost)]);
    const folder = folderOf('Lost');
    const sheets = join(data.path, 'sheets');
    mkdirSync(sheets);
    writeFileSync(join(sheets, 'day-sheet-2026-11-24-athens-abcdef.pdf'), 'names');
    writeFileSync(join(sheets, 'holiday.jpg'), 'theirs');
    writeFileSync(join(folder, 'replica.db.set-aside-2026-11-01'), 'an older copy');
    mkdirSync(join(folder, 'files'), { recursive: true });
    writeFileSync(join(folder, 'files', 'a'.repeat(64)), 'a file');
    const setting = { on: true, folder: sheets, everyMinutes: 5, language: 'en' };
    await ask(lost, 'keepDaySheetFiles', setting);
    await ask(lost, 'workOffline', { offline: true });
    await ask(lost, 'registerPatient', { firstName: 'Never', lastName: 'Sent', phone: '2101234567' });
    await ask(front, 'disableDesk', { deskId: idOf('Lost'), wipe: true });
    expect(await shown(front, 'Lost')).toMatchObject({ standing: 'wiping', wipedAt: null });
    await ask(lost, 'workOffline', { offline: false });
    const seat = lost.openSeat();
    await until('it is wiped', async () => (await standing(lost)) === 'wiped');
    expect([...seat.session.rights]).toEqual(['door']);
    const listed = await until('central knows', async () => {
      const one = await shown(front, 'Lost');
      return one?.standing === 'wiped' ? one : null;
    });
    expect(listed).toMatchObject({ waiting: 1, wipedAt: expect.any(String) });
    await until('the login is gone', () => !existsSync(join(folder, 'secrets.json')));
    expect(readdirSync(folder).filter((name) => !name.startsWith('in-use'))).toEqual(['wiped.json']);
    expect(readdirSync(sheets)).toEqual(['holiday.jpg']);
    expect((await lost.dispatch('findPatient', { text: 'a' })).ok).toBe(false);
    await lost.close();

    const again = await start('Lost', false);
    expect(await standing(again)).toBe('wiped');
    expect(readdirSync(folder).filter((name) => !name.startsWith('in-use'))).toEqual(['wiped.json']);
  });

  test('is a desk again once it is enabled and given its address, with nothing of before', async () => {
    const front = await start('Front', false);
    await synced(front);
    await ask(front, 'enableDesk', { deskId: idOf('Lost') });
    const fresh = await start('Lost');
    await synced(fresh);
    expect(await standing(fresh)).toBe('working');
    expect(await ask(fresh, 'findPatient', { text: 'Never' })).toEqual([]);
  });

  test('and is killed on the way ends wiped at its next start, and central hears of it', async () => {
    const front = await start('Front', false);
    await synced(front);
    const url = clinic.desks.find((desk) => desk.name === 'Killed')?.url ?? '';
    const folder = folderOf('Killed');
    for (const after of [0, 6]) {
      const child = startChild('serves-desk', [data.path, 'Killed', url]);
      await child.said((line) => line === 'online');
      await ask(front, 'disableDesk', { deskId: idOf('Killed'), wipe: true });
      await until('it has begun', () => existsSync(join(folder, 'wiped.json')), 20_000);
      await pause(after);
      await child.kill();
      const again = await start('Killed', false);
      expect(await standing(again)).toBe('wiped');
      await until('central knows', async () => (await shown(front, 'Killed'))?.standing === 'wiped');
      await until('nothing is left', () => !existsSync(join(folder, 'secrets.json')));
      expect(readdirSync(folder).filter((name) => !name.startsWith('in-use'))).toEqual(['wiped.json']);
      await again.close();
      await ask(front, 'enableDesk', { deskId: idOf('Killed') });
    }
  });
});
