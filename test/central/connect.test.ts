import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientConfig, connectCentral } from '../../src-main/core/central/connect.ts';
import { freshCentral, type TestCentral } from '../support/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

test('beyond this machine, central must prove who it is, whatever the URL says', () => {
  for (const mode of ['', '?sslmode=disable', '?sslmode=no-verify', '?sslmode=require', '?ssl=false']) {
    const config = clientConfig(`postgresql://desk:secret@central.example${mode}`, 'test', 1000);
    expect(config?.ssl).toEqual({ rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  }
  for (const host of ['127.0.0.1', '127.8.9.1', '[::1]', 'localhost']) {
    expect(clientConfig(`postgresql://desk:secret@${host}:5433/x`, 'test', 1000)?.ssl).toBe(false);
  }
  for (const host of ['127.0.0.1.example', 'localhost.example', '10.0.0.1']) {
    expect(clientConfig(`postgresql://desk:secret@${host}/x`, 'test', 1000)?.ssl).not.toBe(false);
  }
});

test('what is no connection URL is called so', async () => {
  for (const url of [
    '',
    'central.example',
    'https://desk@central.example/',
    'postgresql://central.example/x',
  ]) {
    const connected = await connectCentral(url, { application: 'test' });
    expect(connected).toMatchObject({ ok: false, error: { code: 'bad_url' } });
  }
});

test('a central that is not there, and one that refuses the login, are told apart', async () => {
  const nobody = createServer().listen(0, '127.0.0.1');
  await once(nobody, 'listening');
  const address = nobody.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  nobody.close();
  const away = await connectCentral(`postgresql://a:b@127.0.0.1:${port}/x`, { application: 'test' });
  expect(away).toMatchObject({ ok: false, error: { code: 'unreachable' } });
  const wrong = new URL(central.ownerUrl);
  wrong.password = 'wrong';
  const refused = await connectCentral(wrong.href, { application: 'test' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'refused_login' } });
});

test('central ends a statement that takes too long, and the connection goes on', async () => {
  const connected = await connectCentral(central.ownerUrl, { application: 'test', statementTimeoutMs: 50 });
  if (!connected.ok) throw new Error(connected.error.message);
  await expect(connected.value.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
  expect(await connected.value.query('select 1 as one')).toEqual([{ one: 1 }]);
  await connected.value.close();
});

test('a connection whose answer stays out is destroyed, and takes no later query', async () => {
  const connected = await connectCentral(central.ownerUrl, { application: 'test', statementTimeoutMs: 50 });
  if (!connected.ok) throw new Error(connected.error.message);
  const connection = connected.value;
  // As a server behind a dead network would: it neither answers nor ends the statement.
  await connection.query('set statement_timeout = 0');
  await expect(connection.query('select pg_sleep(60)')).rejects.toThrow('terminated');
  expect(connection.closed).toBe(true);
  await expect(connection.query('select 1')).rejects.toThrow();
});

test('a transaction that throws leaves nothing behind', async () => {
  const connected = await connectCentral(central.ownerUrl, { application: 'test' });
  if (!connected.ok) throw new Error(connected.error.message);
  const { value: connection } = connected;
  const failing = connection.transaction(async () => {
    await connection.query('create table half_done ()');
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect(await connection.query(`select to_regclass('half_done') as made`)).toEqual([{ made: null }]);
  await connection.close();
});
