import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustFaults } from '../../src-main/contract/sync.ts';
import type { Log } from '../../src-main/core/log.ts';
import { sync as el } from '../../src-renderer/i18n/el/sync.ts';
import { sync as en } from '../../src-renderer/i18n/en/sync.ts';
import { clinicWithDesks } from '../support/central.ts';
import { type Authority, newAuthority } from '../support/certificates.ts';
import { liveDesk } from '../support/live-desk.ts';
import { itsNames, startTlsCentral, type TlsCentral } from '../support/tls-central.ts';
import { until } from '../support/until.ts';

let central: TlsCentral;
let authority: Authority;
let url: string;
beforeAll(async () => {
  central = await startTlsCentral();
  authority = await newAuthority('Throw-away authority');
  const sslrootcert = join(central.folder, 'authority.pem');
  writeFileSync(sslrootcert, authority.cert);
  const { desks } = await clinicWithDesks(central.ownerUrl, ['Desk 1']);
  url = central.from(desks[0]?.url ?? '', { sslrootcert, sslmode: 'require' });
});
afterAll(() => central.stop());

test('a desk whose central cannot prove who it is stops and says why, and goes on by itself once it can', async () => {
  await central.serve(await authority.certify({ names: itsNames, fromDay: -9, untilDay: -1 }));
  const lines: string[] = [];
  const write: Log['info'] = (message, facts) => lines.push(JSON.stringify({ message, ...facts }));
  const desk = liveDesk(url, { log: { info: write, error: write } });
  await until('the desk says that the certificate has expired', () => {
    const { phase, reason } = desk.engine.state();
    return phase === 'stopped' && reason === 'expired';
  });
  await central.serve(await authority.certify({ names: ['another.example'] }));
  await until('the desk says that it is for another host', () => desk.engine.state().reason === 'wrong_host');
  await central.serve(await authority.certify({ names: itsNames }));
  // As the person does who does not want to wait for the next try.
  desk.engine.workOffline(true);
  desk.engine.workOffline(false);
  await desk.quiet();
  expect(desk.engine.state()).toMatchObject({ phase: 'online', reason: null });
  await desk.dispose();

  expect(lines).toContainEqual(expect.stringContaining('"asked":"sslmode=require"'));
  expect(lines).toContainEqual(expect.stringContaining('"code":"untrusted","trust":"expired"'));
  const { username, password, hostname } = new URL(url);
  for (const secret of [username, password, hostname, 'another.example', central.folder]) {
    expect(lines.join('\n')).not.toContain(secret);
  }
});

test('each reason has its sentence in both languages', () => {
  for (const fault of trustFaults) {
    expect(en.reason[fault]).toMatch(/Nothing was sent/);
    expect(el.reason[fault]).toMatch(/Τίποτε δεν στάλθηκε/);
  }
});
