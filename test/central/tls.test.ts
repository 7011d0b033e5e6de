import dns from 'node:dns';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TrustFault } from '../../src-main/contract/sync.ts';
import { connectCentral } from '../../src-main/core/central/connect.ts';
import { unheededMode } from '../../src-main/core/central/trust.ts';
import { clinicWithDesks } from '../support/central.ts';
import { type Authority, type Certificate, newAuthority, selfSigned } from '../support/certificates.ts';
import { elsewhere, itsNames, sslRequest, startTlsCentral, type TlsCentral } from '../support/tls-central.ts';

let central: TlsCentral;
let authority: Authority;
let authorityFile: string;
let deskUrl: string;
beforeAll(async () => {
  central = await startTlsCentral();
  const { desks } = await clinicWithDesks(central.ownerUrl, ['Desk 1']);
  deskUrl = desks[0]?.url ?? '';
  authority = await newAuthority('Throw-away authority');
  authorityFile = join(central.folder, 'authority.pem');
  writeFileSync(authorityFile, authority.cert);
});
afterAll(() => central.stop());
afterEach(() => vi.restoreAllMocks());

const tried = async (search: Record<string, string> = {}) => {
  const connected = await connectCentral(central.from(deskUrl, search), { application: 'test' });
  if (!connected.ok) return connected.error;
  const rows = await connected.value.query(
    'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()',
  );
  await connected.value.close();
  return rows[0];
};

const named = (): Record<string, string> => ({ sslrootcert: authorityFile });

test('a central whose certificate was signed by the named authority, for its host, gets an encrypted line', async () => {
  await central.serve(await authority.certify({ names: itsNames }));
  expect(await tried(named())).toEqual({ ssl: true, version: 'TLSv1.3' });
});

describe('central is told neither role nor password, and the desk says which it was, when its certificate', () => {
  const cases: [string, TrustFault, () => Promise<Certificate>][] = [
    ['is for another host', 'wrong_host', () => authority.certify({ names: ['db.clinic.example'] })],
    ['has expired', 'expired', () => authority.certify({ names: itsNames, fromDay: -9, untilDay: -1 })],
    ['is not valid yet', 'not_yet_valid', () => authority.certify({ names: itsNames, fromDay: 1 })],
    ['is signed by itself', 'self_signed', () => selfSigned({ names: itsNames })],
    ['is signed by an authority nobody knows', 'unknown_authority', () => signedBy('Another authority')],
    [
      'is signed by an authority that only has the name of the right one',
      'unknown_authority',
      () => signedBy('Throw-away authority'),
    ],
  ];
  const signedBy = async (name: string) => (await newAuthority(name)).certify({ names: itsNames });
  test.each(cases)('%s', async (_how, trust, make) => {
    await central.serve(await make());
    const sslmodes = ['verify-full', 'require', 'no-verify', 'disable'];
    for (const sslmode of sslmodes) {
      const error = await tried({ ...named(), sslmode, ssl: 'false' });
      expect(error).toMatchObject({ code: 'untrusted', trust });
      expect(error?.['message']).not.toContain(elsewhere);
    }
  });

  test('is signed by an authority that only the URL could have named', async () => {
    await central.serve(await authority.certify({ names: itsNames }));
    expect(await tried()).toMatchObject({ code: 'untrusted', trust: 'unknown_authority' });
  });
});

test('a central without TLS is told neither role nor password', async () => {
  await central.serve(null);
  expect(await tried(named())).toMatchObject({ code: 'untrusted', trust: 'no_tls' });
  expect(await tried({ sslmode: 'disable' })).toMatchObject({ code: 'untrusted', trust: 'no_tls' });
});

describe('somebody on the way', () => {
  /** Answers the question for TLS like this and keeps what it is sent. */
  const onTheWay = async (answer: string) => {
    const heard: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (piece: Buffer) => {
        heard.push(piece);
        if (piece.equals(sslRequest)) socket.write(answer);
        else socket.destroy();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(central.from(deskUrl));
    url.port = String((server.address() as AddressInfo).port);
    const connected = await connectCentral(url.href, { application: 'test' });
    server.close();
    return { connected, heard: Buffer.concat(heard) };
  };

  test('who takes the encryption out of the answer hears nothing more', async () => {
    const { connected, heard } = await onTheWay('N');
    expect(connected).toMatchObject({ ok: false, error: { code: 'untrusted', trust: 'no_tls' } });
    expect(heard.equals(sslRequest)).toBe(true);
  });

  test.each(['E', 'SZ\0\0\0\x05I', 'HTTP/1.1 400 Bad Request\r\n\r\n'])(
    'who answers %j hears nothing more',
    async (answer) => {
      const { connected, heard } = await onTheWay(answer);
      expect(connected).toMatchObject({ ok: false, error: { code: 'untrusted', trust: 'not_proven' } });
      expect(heard.equals(sslRequest)).toBe(true);
    },
  );

  test('who has no certificate at all hears no role and no password', async () => {
    const { connected, heard } = await onTheWay('S');
    expect(connected).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    expect(heard.length).toBeGreaterThan(sslRequest.length);
    expect(heard.includes(new URL(deskUrl).username)).toBe(false);
  });
});

test('this computer itself needs no TLS, and no resolver can say that localhost is elsewhere', async () => {
  await central.serve(null);
  const asked = vi.spyOn(dns, 'lookup').mockImplementation(() => {
    throw new Error('asked where localhost is');
  });
  for (const host of ['localhost', '127.0.0.1']) {
    const url = new URL(deskUrl);
    url.hostname = host;
    const connected = await connectCentral(url.href, { application: 'test' });
    if (!connected.ok) throw new Error(connected.error.message);
    await connected.value.close();
  }
  expect(asked).not.toHaveBeenCalled();
});

test('a URL that asks for less than full verification is named as such, without what else it says', () => {
  const url = 'postgresql://desk:secret@central.example/x';
  for (const mode of ['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca']) {
    expect(unheededMode(`${url}?sslmode=${mode}`)).toBe(`sslmode=${mode}`);
  }
  expect(unheededMode(`${url}?ssl=false`)).toBe('ssl=false');
  for (const search of ['', '?sslmode=verify-full', '?sslmode=secret', '?ssl=true']) {
    expect(unheededMode(url + search)).toBeNull();
  }
  expect(unheededMode('postgresql://desk:secret@127.0.0.1/x?sslmode=disable')).toBeNull();
});
