import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { initCentral } from '../../src-main/core/central/admin.ts';
import { startEmbedded } from '../../src-main/core/central/embedded.ts';
import { withClient } from './central.ts';
import type { Certificate } from './certificates.ts';
import { until } from './until.ts';

/**
 * The resolver takes it for 127.0.0.1, and by the letter of the URL it is no loopback address: so it is reached here and
 * treated as any host elsewhere.
 */
export const elsewhere = '127.1';
/** What a certificate for it says: Node 24 writes the name out before it compares, Node 20 does not. */
export const itsNames = [elsewhere, '127.0.0.1'];

/** A migrated central on a real Postgres of its own that speaks TLS. */
export interface TlsCentral {
  /** The owner's URL by 127.0.0.1, which needs no TLS. */
  ownerUrl: string;
  /** A folder of the test's own. */
  folder: string;
  /** `url`, its host read as one elsewhere; the search is `sslrootcert` and the like. */
  from(url: string, search?: Record<string, string>): string;
  /** Shows this certificate from now on; null switches TLS off. */
  serve(certificate: Certificate | null): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one. */
export const startTlsCentral = async (): Promise<TlsCentral> => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-tls-'));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(folder, 0o711);
  const started = await startEmbedded({ folder });
  if (!started.ok) throw new Error(started.error.message);
  const { url, port, place, stop } = started.value;
  const ready = await initCentral(url);
  if (!ready.ok) throw new Error(ready.error.message);
  const set = (setting: string) =>
    withClient(url, async (owner) => {
      await owner.query(`alter system set ${setting}`);
      await owner.query('select pg_reload_conf()');
    });
  return {
    ownerUrl: url,
    folder,
    from: (text, search = {}) => {
      const there = new URL(text);
      there.hostname = elsewhere;
      for (const [name, value] of Object.entries(search)) there.searchParams.set(name, value);
      return there.href;
    },
    serve: async (certificate) => {
      if (certificate) putFiles(join(place, 'data'), certificate);
      await set(`ssl = ${certificate ? 'on' : 'off'}`);
      await until('Postgres shows the certificate', async () => (await shown(port)) === der(certificate));
    },
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const putFiles = (data: string, { cert, key }: Certificate): void => {
  const { uid, gid } = statSync(join(data, 'postgresql.conf'));
  for (const [name, text] of Object.entries({ 'server.crt': cert, 'server.key': key })) {
    const file = join(data, name);
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: 0o600 });
    chownSync(file, uid, gid);
  }
};

/** A certificate's bytes, base64. */
const der = (certificate: Certificate | null): string | null =>
  certificate?.cert.replaceAll(/-----[^-]+-----|\s/g, '') ?? null;

/** Postgres's question for TLS: length 8, code 80877103. */
export const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** The certificate that any stranger is shown at a port now, base64; null where there is no TLS. */
const shown = (port: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(sslRequest));
    socket.on('error', reject);
    socket.once('data', (answer) => {
      if (String(answer) !== 'S') {
        socket.destroy();
        return resolve(null);
      }
      const tls = connectTls({ socket, rejectUnauthorized: false }, () => {
        resolve(tls.getPeerCertificate().raw.toString('base64'));
        socket.destroy();
      });
      tls.on('error', reject);
    });
  });
