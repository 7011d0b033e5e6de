import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput, CallName } from '../../src-main/contract/calls.ts';
import { places } from '../../src-main/core/places.ts';
import { found, foundBelow } from '../support/canaries.ts';
import { withClient } from '../support/central.ts';
import { temporaryFolder } from '../support/desk.ts';
import { startProxy } from '../support/proxy.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

/** What must never stand in a log: each is typed, sent or kept somewhere in this day. */
const canaries: Record<string, string> = {
  'a patient’s name': 'Κανάρινος',
  'a patient’s phone': '6999123777',
  'a patient’s address': 'kanarini.p@example.com',
  'a reason to come': 'kanari-rash-on-left-arm',
  'a message': 'kanari-message-4471',
  'a password': 'kanari-password-7731',
  'a wrong password': 'kanari-guess-0042',
  'a PIN': '48021794',
  'a wrong PIN': '90317265',
  'a code': 'KNRY-7PQX-44WD',
  'the mail server’s password': 'kanari-mail-5519',
  'a user name at IDEXX Neo': 'kanari-vet-6612',
  'a password at IDEXX Neo': 'kanari-neo-4403',
  'a company at IDEXX Neo': 'kanari-company-9071',
};

const run = (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, [join(places.root, 'src-main/run.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nobody looks at a page here.
    env: { ...process.env, ANTEROOM_KEEP_SCREENS: '1', ...env },
  });
  const heard = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.err += text;
  });
  return { child, heard };
};

const ended = async (child: ReturnType<typeof run>['child']) => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

it('a canary is found however it is written', () => {
  const name = { it: 'Κανάρινος-7731' };
  const bytes = Buffer.from(name.it);
  const written = [
    name.it,
    JSON.stringify({ name: name.it }),
    encodeURIComponent(name.it),
    bytes.toString('hex').toUpperCase(),
    ...['', 'x', 'xx'].map((before) => Buffer.from(`${before}${name.it} and more`).toString('base64')),
    Buffer.from(`x${name.it}`).toString('base64url'),
  ];
  for (const text of written) expect([text, found(Buffer.from(`… ${text} …`), name)]).toEqual([text, ['it']]);
  expect(found(Buffer.from('Κανάρια'), name)).toEqual([]);
});

describe('after a day of a desk', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  const folder = temporaryFolder();
  let everythingSaid = '';
  let postgresLog = '';
  let diagnostics = '';
  beforeAll(async () => {
    clinic = await smallClinic(['Front']);
    const url = clinic.desks[0]?.url ?? '';
    canaries['the desk’s password at central'] = new URL(url).password;
    await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query('show data_directory');
      postgresLog = join(dirname(String(rows[0].data_directory)), 'postgres.log');
    });
    const proxy = await startProxy(url);
    const shell = [
      'web',
      '--port',
      '0',
      '--no-open',
      '--insecure-key-file',
      '--data',
      folder.path,
      '--desk',
      'Front',
    ];
    const first = run([...shell, '--central', proxy.through(url)]);
    const address = new URL(await until('the shell is there', () => /at (\S+)\n/.exec(first.heard.out)?.[1]));
    const token = address.searchParams.get('token') ?? '';
    canaries['the token of the shell'] = token;
    const send = (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(`${address.origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        body,
      }).then((response) => response.text());
    const call = <N extends CallName>(name: N, input: CallInput<N>) =>
      send(`/call/${name}`, JSON.stringify(input));
    await until('the desk is online', async () => (await call('syncState', {})).includes('"online"'));
    await workThrough(call, send, clinic);
    proxy.cut();
    await call('registerPatient', { firstName: 'Κανάρινος', lastName: 'Offline', phone: '6999123777' });
    await until('the desk is offline', async () => (await call('syncState', {})).includes('"offline"'));
    proxy.mend();
    await until('the desk is online again', async () => (await call('syncState', {})).includes('"online"'));
    await call('noteScreenFault', {
      fault: 'TypeError',
      stack: `TypeError: ${canaries['a message']}\n    at ${canaries['a patient’s name']} (kanari:1:1)\n    at draw (x.js:1:1)`,
    });
    diagnostics = await call('diagnosticsFile', {});
    await signIn(call);
    first.child.kill('SIGTERM');
    await ended(first.child);
    await proxy.close();
    // The token is in the address that standard output is there to say, once.
    everythingSaid = first.heard.out.replace(token, '') + first.heard.err;
    expect(first.heard.err).toContain('"message":"sync interrupted"');
  });
  afterAll(async () => {
    await clinic.drop();
    folder.remove();
  });

  it('nothing of a patient and no secret stands in what it said', () => {
    expect(found(Buffer.from(everythingSaid), canaries)).toEqual([]);
  });

  it('none stands in its diagnostics, nor in the log and the reports that it keeps', () => {
    expect(diagnostics).toContain('"fault\\": \\"TypeError\\"');
    expect(found(Buffer.from(diagnostics), canaries)).toEqual([]);
    const kept = readdirSync(join(folder.path, 'logs', 'front'));
    expect(kept.some((name) => name.startsWith('crash-'))).toBe(true);
    expect(readFileSync(join(folder.path, 'logs', 'front', 'anteroom.log'), 'utf8')).toContain(
      '"message":"sync interrupted"',
    );
    expect(foundBelow(join(folder.path, 'logs'), canaries)).toEqual([]);
  });

  it('none stands in a file of the desk, but for the key file, which is there to hold secrets', () => {
    expect(foundBelow(folder.path, canaries, /keys?\.json$|secrets/)).toEqual([]);
  });

  it('none stands in what Postgres logged', () => {
    expect(found(readFileSync(postgresLog), canaries)).toEqual([]);
  });

  it('a start that fails says why without the password in the address', async () => {
    const secret = canaries['a password'] ?? '';
    const there = `postgres://desk:${secret}@127.0.0.1:1/x`;
    const mistakes = [
      ['web', '--central', `postgress://desk:${secret}@127.0.0.1:1/x`, '--port', 'x'],
      ['web', there],
      ['web', `--cental=${there}`],
      ['central', 'init', '--url', there],
      ['central', 'add-desk', '--url', `${there}?sslrootcert=/nowhere`, '--clinic', 'x', '--name', 'y'],
      ['central', 'clinics', there],
    ];
    for (const args of mistakes) {
      const { child, heard } = run([...args], { ANTEROOM_DATA: join(folder.path, 'none') });
      await ended(child);
      expect([args[1], heard.err === '']).toEqual([args[1], false]);
      expect([args, found(Buffer.from(heard.out + heard.err), { secret })]).toEqual([args, []]);
    }
  });
});

/** Calls, refusals and faults with a canary in each. */
const workThrough = async (
  call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<string>,
  send: (path: string, body: string, headers?: Record<string, string>) => Promise<string>,
  clinic: SmallClinic,
): Promise<void> => {
  const name = canaries['a patient’s name'] ?? '';
  const phone = canaries['a patient’s phone'] ?? '';
  const email = canaries['a patient’s address'] ?? '';
  const password = canaries['a password'] ?? '';
  const guess = canaries['a wrong password'] ?? '';
  const [patientId = ''] = clinic.patients;
  await call('registerPatient', { firstName: name, lastName: name, phone, email });
  await call('registerPatient', { firstName: name, lastName: name, phone, email });
  await call('findPatient', { text: name });
  await call('findPatient', { text: phone });
  await call('updatePatient', { patientId, set: { city: `${name}\0` } });
  await call('updatePatient', { patientId, set: { email: `${email}${'x'.repeat(9_000)}` } });
  await call('addRecall', { patientId, dueOn: '2027-05-24', reason: canaries['a reason to come'] ?? '' });
  await call('importMessages', {
    lines: [`{"_id":1,"thread_id":"t","text":"${canaries['a message']}"}`, name],
  });
  await call('readCode', { code: canaries['a code'] ?? '' });
  await call('redeemCode', { code: canaries['a code'] ?? '', password });
  await call('setMailSettings', {
    settings: {
      host: 'mail.invalid',
      port: 587,
      security: 'starttls',
      user: 'desk',
      sender: 'desk@clinic.example',
    },
    password: canaries['the mail server’s password'] ?? '',
  });
  await call('testMail', { to: email });
  await call('updateIntegration', {
    source: 'idexx',
    enabled: true,
    settings: { baseUrl: 'http://127.0.0.1:9' },
  });
  const neo = await call('saveIdexxCredentials', {
    username: canaries['a user name at IDEXX Neo'] ?? '',
    password: canaries['a password at IDEXX Neo'] ?? '',
    companyId: canaries['a company at IDEXX Neo'] ?? '',
  });
  expect(neo).toContain('"status":"unknown"');
  for (const name of ['testIdexxCredentials', 'rotateIdexxKey', 'idexxCredentials', 'idexxRuns'] as const)
    expect(found(Buffer.from(await call(name, {})), canaries)).toEqual([]);
  await call('setKioskPin', { pin: canaries['a PIN'] ?? '' });
  await call('leaveKiosk', { pin: canaries['a wrong PIN'] ?? '' });
  await send(`/call/${encodeURIComponent(name)}`, '{}');
  await send('/call/findPatient', `{"text":"${name}"`);
  await send('/call/findPatient', `{"text":"${name}"}`, { origin: `https://${guess}.example` });
  await send(`/files?${guess}`, name, {
    'content-type': 'application/octet-stream',
    'x-file-name': `${guess}.png`,
  });
  await send(`//${guess}[`, '{}').catch(() => undefined);
};

/** The first administrator closes the clinic to who is not signed in. */
const signIn = async (
  call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<string>,
): Promise<void> => {
  const password = canaries['a password'] ?? '';
  const guess = canaries['a wrong password'] ?? '';
  const first = await call('firstAdministrator', {
    name: canaries['a patient’s name'] ?? '',
    email: canaries['a patient’s address'] ?? '',
    password,
  });
  const { userId = '' } = (JSON.parse(first) as { value?: { userId: string } }).value ?? {};
  expect(userId).not.toBe('');
  await call('signIn', { userId, password: guess });
  await call('signIn', { userId, password });
  await call('switchPerson', { userId, pin: canaries['a wrong PIN'] ?? '' });
};
