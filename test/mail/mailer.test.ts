import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, it, test } from 'vitest';
import type { MailSettings } from '../../src-main/contract/mail.ts';
import { sendMail } from '../../src-main/core/mail/mailer.ts';
import { type Authority, type Certificate, newAuthority } from '../support/certificates.ts';

const mail = { to: 'anna@clinic.example', subject: 'Δοκιμή', text: 'Καλημέρα, 7K2QM' };

/** A server that closes at the end of the test; what it took. */
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface TestServer {
  port: number;
  taken: string[];
}

/** A real SMTP server on this computer; it wants the login `front` with the password `desk` unless told otherwise. */
const smtpServer = async (options: SMTPServerOptions = {}): Promise<TestServer> => {
  const taken: string[] = [];
  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'front' && password === 'desk' ? done(null, { user: username }) : done(new Error('no')),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        taken.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, taken };
};

const plain = (port: number): MailSettings => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: '',
  sender: 'desk@clinic.example',
});

let trusted: Authority;
let good: Certificate;
const before = getCACertificates('default');
beforeAll(async () => {
  trusted = await newAuthority('The clinic');
  good = await trusted.certify({ names: ['localhost'] });
  setDefaultCACertificates([...before, trusted.cert]);
});
afterAll(() => setDefaultCACertificates(before));

test.each(['tls', 'starttls'] as const)(
  'a mail goes through %s to a server that proves who it is',
  async (security) => {
    const server = await smtpServer({ ...good, secure: security === 'tls' });
    const settings: MailSettings = { ...plain(server.port), host: 'localhost', security, user: 'front' };
    expect(await sendMail(settings, 'desk', mail)).toBeNull();
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]).toContain('To: anna@clinic.example');
  },
);

it('sends nothing to a server that cannot prove who it is', async () => {
  const stranger = await (await newAuthority('Somebody else')).certify({ names: ['localhost'] });
  const elsewhere = await trusted.certify({ names: ['mail.elsewhere.example'] });
  const old = await trusted.certify({ names: ['localhost'], fromDay: -9, untilDay: -2 });
  for (const certificate of [stranger, elsewhere, old])
    for (const security of ['tls', 'starttls'] as const) {
      const server = await smtpServer({ ...certificate, secure: security === 'tls' });
      const settings: MailSettings = { ...plain(server.port), host: 'localhost', security, user: 'front' };
      expect(await sendMail(settings, 'desk', mail)).toBe('untrusted');
      expect(server.taken).toEqual([]);
    }
});

it('does not go on in the clear where TLS was asked for and is not offered', async () => {
  const heard: string[] = [];
  const onAuth: SMTPServerOptions['onAuth'] = ({ username }, _session, done) => {
    heard.push(String(username));
    done(null, { user: 'front' });
  };
  const server = await smtpServer({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth,
  });
  for (const security of ['tls', 'starttls'] as const) {
    const settings: MailSettings = { ...plain(server.port), host: 'localhost', security, user: 'front' };
    expect(await sendMail(settings, 'desk', mail)).toBe('no_tls');
  }
  expect(heard).toEqual([]);
  expect(server.taken).toEqual([]);
});

it('speaks without TLS to this very computer only', async () => {
  const server = await smtpServer({ authOptional: true });
  expect(await sendMail(plain(server.port), null, mail)).toBeNull();
  expect(await sendMail({ ...plain(server.port), host: 'mail.clinic.example' }, null, mail)).toBe('no_tls');
  expect(server.taken).toHaveLength(1);
});

it('says that the login was refused, or that there is no password', async () => {
  const server = await smtpServer({ allowInsecureAuth: true });
  const settings = { ...plain(server.port), user: 'front' };
  expect(await sendMail(settings, 'wrong', mail)).toBe('refused_login');
  expect(await sendMail(settings, null, mail)).toBe('no_password');
  expect(await sendMail({ ...settings, user: '' }, null, mail)).toMatch(/^refused/);
});

it('says which address was refused', async () => {
  const refuse = (_address: unknown, _session: unknown, done: (fault?: Error | null) => void) =>
    done(Object.assign(new Error('not here'), { responseCode: 550 }));
  const to = await smtpServer({ authOptional: true, onRcptTo: refuse });
  expect(await sendMail(plain(to.port), null, mail)).toBe('refused_recipient');
  const from = await smtpServer({ authOptional: true, onMailFrom: refuse });
  expect(await sendMail(plain(from.port), null, mail)).toBe('refused_sender');
});

it('gives up on a server that says nothing, and on one that is not there', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  expect(await sendMail(plain(port), null, mail, 200)).toBe('silent');
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
  expect(await sendMail(plain(port), null, mail, 2_000)).toBe('unreachable');
});
