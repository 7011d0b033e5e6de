import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunErrorCode } from '../../../src-main/contract/integrations.ts';
import type { Desk, OutsideSecrets } from '../../../src-main/core/desk.ts';
import { Explained } from '../../../src-main/core/explained.ts';
import type { CheckMeans } from '../../../src-main/core/integrations/idexx/check-login.ts';
import { idexxCredentialsHandlers } from '../../../src-main/core/integrations/idexx/credential-calls.ts';
import {
  followLogins,
  forgetLogins,
  hasLogin,
  loginFor,
  noteValidation,
} from '../../../src-main/core/integrations/idexx/credentials.ts';
import { integrationSettingsHandlers } from '../../../src-main/core/integrations/settings.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { found } from '../../support/canaries.ts';
import {
  clinicWithDesks,
  freshCentral,
  type TestCentral,
  type TestDesk,
  withClient,
} from '../../support/central.ts';
import { must } from '../../support/must.ts';
import { type NeoServer, type NeoUser, startNeo } from '../../support/outside/neo.ts';
import { type SigningDesk, signingDesk } from '../../support/signing-desk.ts';
import { addStaff, type Staff } from '../../support/staff.ts';
import { until } from '../../support/until.ts';

const typed = { username: 'kanari-vet', password: 'kanari-neo-password-8820', companyId: 'kanari-company' };
const another: NeoUser = {
  username: 'kanari-vet',
  password: 'kanari-second-9913',
  companyId: 'kanari-company',
};
/** A port that nothing listens on. */
const NOWHERE = 'http://127.0.0.1:9';

/** Secrets as the keychain has them, cut before the call of number `cutAt`. */
class Keychain implements OutsideSecrets {
  readonly kept = new Map<string, string>();
  calls = 0;
  cutAt = Number.POSITIVE_INFINITY;
  readonly #step = (): void => {
    this.calls += 1;
    if (this.calls >= this.cutAt) throw new Explained('cut');
  };
  async get(name: string) {
    this.#step();
    return this.kept.get(name) ?? null;
  }
  async set(name: string, value: string) {
    this.#step();
    this.kept.set(name, value);
  }
  async delete(name: string) {
    this.#step();
    this.kept.delete(name);
  }
  names(kind: string): string[] {
    return [...this.kept.keys()].filter((name) => name.startsWith(`idexx-${kind}`));
  }
}

/** A desk with a keychain, as its front desk puts it together. */
interface Here extends SigningDesk {
  keychain: Keychain;
  calls: ReturnType<typeof idexxCredentialsHandlers>;
  pointAt(baseUrl: string, staff: Staff): void;
}

let central: TestCentral;
let clinicId: string;
let desks: TestDesk[];
let admin: Staff;
let doctor: Staff;
let neo: NeoServer;
const open: Here[] = [];
const means: CheckMeans = { sleep: async () => undefined, random: () => 0 };

beforeAll(async () => {
  central = await freshCentral();
  ({ clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']));
  admin = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  doctor = await addStaff(central.ownerUrl, clinicId, { role: 'doctor' });
  neo = await startNeo({ users: [{ ...typed }], now: Date.now });
});
afterAll(async () => {
  await neo.close();
  await central.drop();
});

const owner = (sql: string, values: unknown[] = []) =>
  withClient(central.ownerUrl, async (client) => (await client.query(sql, values)).rows);

beforeEach(async () => {
  neo.users.splice(0, neo.users.length, { ...typed });
  await owner('delete from idexx_credentials');
  await owner('delete from run_leases');
});
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.dispose();
});

const openDesk = async (name = 'Front', keychain = new Keychain()): Promise<Here> => {
  const live = signingDesk(desks.find((one) => one.name === name)?.url ?? '', [admin, doctor]);
  const desk: Desk & SigningDesk = Object.assign(live, {
    outsideSecrets: keychain,
    askCentral: (...[session, call, args]: Parameters<NonNullable<Desk['askCentral']>>) =>
      live.engine.ask(session, call, args),
  });
  await until('the desk is online', () => live.engine.state().phase === 'online');
  desk.comesIn(admin);
  await desk.quiet();
  const here = Object.assign(desk, {
    keychain,
    calls: idexxCredentialsHandlers(desk, means),
    pointAt: (baseUrl: string, staff: Staff) => {
      const { updateIntegration, integrationSettings } = integrationSettingsHandlers(desk);
      const { settings } = must(integrationSettings()).idexx;
      updateIntegration(desk.sessionOf(staff), { source: 'idexx', settings: { ...settings, baseUrl } });
    },
  });
  open.push(here);
  return here;
};

/** A desk whose clinic reads the stand-in. */
const readingDesk = async (name = 'Front'): Promise<Here> => {
  const desk = await openDesk(name);
  desk.pointAt(neo.url, admin);
  await desk.quiet();
  return desk;
};

const save = (desk: Here, login = typed) => desk.calls.saveIdexxCredentials(desk.sessionOf(admin), login);
const stateOf = async (desk: Here) => must(await desk.calls.idexxCredentials(desk.sessionOf(admin)));
const status = async (desk: Here) => (await stateOf(desk)).credentials.map((one) => one.status);

const takeLease = (name = 'Front') =>
  owner(
    `insert into run_leases (clinic_id, source, desk_id, fence, taken_at, until)
     values ($1, 'idexx', $2, 17, now(), now() + interval '1 minute')`,
    [clinicId, desks.find((one) => one.name === name)?.deskId],
  );

describe('a login of IDEXX Neo', () => {
  test('is valid once Neo has let it in, and kept in the keychain of this desk', async () => {
    const desk = await readingDesk();
    expect(await save(desk)).toEqual({ ok: true, value: { status: 'valid', problem: null } });
    const { credentials, keychainMissing } = await stateOf(desk);
    expect(keychainMissing).toBeNull();
    expect(credentials).toMatchObject([{ userId: admin.id, own: true, status: 'valid', here: 'yes' }]);
    expect(credentials[0]?.lastValidatedAt).not.toBeNull();
    expect(await hasLogin(desk)).toBe(true);
    expect(desk.keychain.names('')).toHaveLength(3);
  });

  test('that Neo refuses is kept nowhere, and leaves the one that worked', async () => {
    const desk = await readingDesk();
    await save(desk);
    const before = [...desk.keychain.kept];
    expect(await save(desk, { ...typed, password: 'not it' })).toMatchObject({
      error: { code: 'login_refused' },
    });
    expect([...desk.keychain.kept]).toEqual(before);
    expect(await status(desk)).toEqual(['valid']);
  });

  test('that asks for a second factor is not kept', async () => {
    neo.users.splice(0, 1, { ...typed, twoFactor: true });
    const desk = await readingDesk();
    expect(await save(desk)).toMatchObject({ error: { code: 'two_factor_account' } });
    expect((await stateOf(desk)).credentials).toEqual([]);
  });

  test('that could not be tried is kept as unknown, and no fault of the network makes it more or less', async () => {
    const desk = await openDesk();
    desk.pointAt(NOWHERE, admin);
    expect(await save(desk)).toEqual({ ok: true, value: { status: 'unknown', problem: 'offline' } });
    const tried = await desk.calls.testIdexxCredentials(desk.sessionOf(admin));
    expect(tried).toEqual({ ok: true, value: { status: 'unknown', problem: 'offline' } });
    expect(await status(desk)).toEqual(['unknown']);
  });

  test('is invalid only after Neo has refused it, and valid again once Neo lets it in', async () => {
    const desk = await readingDesk();
    await save(desk);
    const tried = async (): Promise<unknown> =>
      must(await desk.calls.testIdexxCredentials(desk.sessionOf(admin)));
    neo.users.splice(0, 1, another);
    expect(await tried()).toEqual({ status: 'invalid', problem: null });
    expect(await status(desk)).toEqual(['invalid']);
    neo.users.splice(0, 1, { ...typed });
    expect(await tried()).toEqual({ status: 'valid', problem: null });
  });

  test('goes to the server that it was typed for and to no other', async () => {
    const desk = await readingDesk();
    await save(desk);
    await takeLease();
    expect((await loginFor(desk)).ok).toBe(true);
    desk.pointAt('https://another.example', admin);
    expect(await loginFor(desk)).toMatchObject({ error: { code: 'no_credentials' } });
    expect((await stateOf(desk)).credentials).toMatchObject([{ here: 'other_server' }]);
    expect(await hasLogin(desk)).toBe(false);
  });

  test('is too long for the keychain of Windows before it goes anywhere', async () => {
    const desk = await readingDesk();
    const long = {
      username: '\u0001'.repeat(200),
      password: '\u0002'.repeat(200),
      companyId: '\u0003'.repeat(100),
    };
    expect(await save(desk, long)).toMatchObject({ error: { code: 'secret_too_long' } });
    expect(desk.keychain.kept.size).toBe(0);
  });

  test('is sent nowhere from a PC that has no keychain, which says what to install', async () => {
    const desk = await readingDesk();
    desk.outsideSecrets = {
      get: async () => {
        throw new Explained('The name org.freedesktop.secrets was not provided. Install gnome-keyring.');
      },
      set: async () => undefined,
      delete: async () => undefined,
    };
    const asked = neo.requests.length;
    expect(await save(desk)).toMatchObject({
      error: { code: 'no_keychain', details: { reason: expect.stringContaining('org.freedesktop.secrets') } },
    });
    expect(neo.requests).toHaveLength(asked);
    expect(await stateOf(desk)).toEqual({
      credentials: [],
      keychainMissing: expect.stringContaining('gnome-keyring'),
    });
  });
});

describe('a run', () => {
  test('reads the login under the lease alone, and central notes it first', async () => {
    const desk = await readingDesk();
    await save(desk);
    expect(await loginFor(desk)).toMatchObject({ error: { code: 'not_allowed' } });
    await takeLease('Back');
    expect(await loginFor(desk)).toMatchObject({ error: { code: 'not_allowed' } });
    await owner('delete from run_leases');
    await takeLease();
    expect(must(await loginFor(desk))).toMatchObject({ ...typed, userId: admin.id });
    const [noted] = await owner(
      `select action, status, session_id, ip_address is not null as has_ip, metadata from idexx_sync_audit_log
       order by timestamp desc limit 1`,
    );
    expect(noted).toMatchObject({ action: 'credential_accessed', session_id: 'idexx/17', has_ip: true });
    expect(noted?.['metadata']).toMatchObject({ for: 'run' });
  });

  test('does not try a login again that Neo has refused, so that no account is locked', async () => {
    const desk = await readingDesk();
    await save(desk);
    await takeLease();
    const login = must(await loginFor(desk));
    must(await noteValidation(desk, login, 'invalid'));
    expect(await loginFor(desk)).toMatchObject({ error: { code: 'login_refused' } });
    must(await noteValidation(desk, login, 'valid'));
    expect((await loginFor(desk)).ok).toBe(true);
  });

  test('says nothing of a login that was replaced meanwhile', async () => {
    const desk = await readingDesk();
    await save(desk);
    await takeLease();
    const old = must(await loginFor(desk));
    await save(desk);
    expect(await noteValidation(desk, old, 'invalid')).toMatchObject({ error: { code: 'no_credentials' } });
    expect(await status(desk)).toEqual(['valid']);
  });
});

/** What a desk has in its keychain is what central says stands: one login, under one key. */
const expectWhole = async (desk: Here): Promise<void> => {
  const { credentials } = await stateOf(desk);
  expect(credentials).toMatchObject([{ here: 'yes' }]);
  const [row] = await owner('select id, encryption_key_id as key from idexx_credentials');
  expect(desk.keychain.names('login')).toEqual([`idexx-login-${row?.['id']}`]);
  expect(desk.keychain.names('key')).toEqual([`idexx-key-${row?.['key']}`]);
};

describe('the key of the sealed copy', () => {
  const rotate = (desk: Here) => desk.calls.rotateIdexxKey(desk.sessionOf(admin));

  test('is another one after it was changed, and the login is the same', async () => {
    const desk = await readingDesk();
    await save(desk);
    await takeLease();
    const [before] = await owner('select * from idexx_credentials');
    expect((await rotate(desk)).ok).toBe(true);
    const [after] = await owner('select * from idexx_credentials');
    expect(after?.['id']).toBe(before?.['id']);
    for (const column of [
      'encryption_key_id',
      'encrypted_username',
      'encrypted_password',
      'encrypted_company_id',
    ])
      expect(after?.[column]).not.toBe(before?.[column]);
    await expectWhole(desk);
    expect(must(await loginFor(desk))).toMatchObject(typed);
  });

  test('changed with a cut at any step, one key and its copy stand whole afterwards', async () => {
    const desk = await readingDesk();
    await save(desk);
    await takeLease();
    for (let cutAt = 1, done = false; !done; cutAt += 1) {
      desk.keychain.calls = 0;
      desk.keychain.cutAt = cutAt;
      const rotated = await rotate(desk);
      done = rotated.ok && desk.keychain.calls < cutAt;
      desk.keychain.cutAt = Number.POSITIVE_INFINITY;
      expect([cutAt, must(await loginFor(desk))]).toMatchObject([cutAt, typed]);
      await expectWhole(desk);
      expect(cutAt).toBeLessThan(60);
    }
  });

  test('changed while the connection is lost before or after central has it, one key stands whole', async () => {
    const desk = await readingDesk();
    await save(desk);
    await takeLease();
    const ask = desk.askCentral;
    for (const reaches of [false, true]) {
      desk.askCentral = async (session, name, args) => {
        if (name !== 'idexx_store_credentials' || !ask) return (await ask?.(session, name, args)) ?? never();
        if (reaches) await ask(session, name, args);
        return { ok: false, error: { code: 'needs_central', message: '', details: {} } };
      };
      expect(await rotate(desk)).toMatchObject({ error: { code: 'needs_central' } });
      expect(desk.keychain.names('key')).toHaveLength(2);
      if (ask) desk.askCentral = ask;
      expect(must(await loginFor(desk))).toMatchObject(typed);
      await expectWhole(desk);
    }
  });
});

const never = (): never => {
  throw new Error('no central');
};

test('a save that is cut at any step leaves the login that stood, or the new one, whole', async () => {
  const desk = await readingDesk();
  await save(desk);
  await takeLease();
  neo.users.push(another);
  for (let cutAt = 1, done = false; !done; cutAt += 1) {
    await save(desk);
    desk.keychain.calls = 0;
    desk.keychain.cutAt = cutAt;
    const saved = await save(desk, another);
    done = saved.ok && desk.keychain.calls < cutAt;
    desk.keychain.cutAt = Number.POSITIVE_INFINITY;
    const used = must(await loginFor(desk));
    if (saved.ok) expect(used.password).toBe(another.password);
    expect([typed.password, another.password]).toContain(used.password);
    await expectWhole(desk);
    expect(cutAt).toBeLessThan(60);
  }
});

describe('at another desk', () => {
  test('a login that is taken away goes from the keychain of every desk by itself', async () => {
    const [front, back] = [await readingDesk('Front'), await readingDesk('Back')];
    const stop = followLogins(front, noLog);
    await save(front);
    await save(back);
    // The newer one stands, so the first desk has let go of its own.
    await until('the first desk has let go', () => front.keychain.kept.size === 0);
    must(await back.calls.revokeIdexxCredentials(back.sessionOf(admin), {}));
    expect(back.keychain.kept.size).toBe(0);
    await save(front);
    must(await back.calls.revokeIdexxCredentials(back.sessionOf(admin), { userId: admin.id }));
    await until('the first desk has let go again', () => front.keychain.kept.size === 0);
    expect(await owner('select from idexx_credentials')).toEqual([]);
    stop();
  });

  test('a desk that is stopped keeps no login', async () => {
    const desk = await readingDesk();
    await save(desk);
    await forgetLogins(desk);
    expect(desk.keychain.kept.size).toBe(0);
  });
});

test('user name, password, company and key stand nowhere in the clear but in the keychain', async () => {
  const desk = await readingDesk();
  const answers: unknown[] = [await save(desk)];
  await takeLease();
  must(await loginFor(desk));
  const key = desk.keychain.kept.get(desk.keychain.names('key')[0] ?? '') ?? '';
  answers.push(await desk.calls.rotateIdexxKey(desk.sessionOf(admin)));
  const newKey = desk.keychain.kept.get(desk.keychain.names('key')[0] ?? '') ?? '';
  neo.users.splice(0, 1, another);
  const problems: (RunErrorCode | string)[] = [];
  answers.push(await desk.calls.testIdexxCredentials(desk.sessionOf(admin)), await save(desk), problems);
  neo.faults.plan({ kind: 'status', status: 500 }, { times: 9 });
  answers.push(await save(desk, another), await stateOf(desk));
  const canaries = { ...typed, 'the second password': another.password, key, newKey };
  expect(found(Buffer.from(JSON.stringify(answers)), canaries)).toEqual([]);
  const tables = await owner(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  for (const { relname } of tables) {
    const rows = await owner(`select t::text as row from ${relname} t`);
    expect([relname, found(Buffer.from(JSON.stringify(rows)), canaries)]).toEqual([relname, []]);
  }
  await desk.quiet();
  const plain = desk.replica.statement('select name from sqlite_master where type = ?').pluck().all('table');
  for (const name of plain as string[]) {
    const rows = desk.replica.statement(`select * from "${name}"`).all();
    expect([name, found(Buffer.from(JSON.stringify(rows)), canaries)]).toEqual([name, []]);
  }
  expect(found(readFileSync(desk.replica.file), canaries)).toEqual([]);
});
