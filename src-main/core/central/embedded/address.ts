import { createServer } from 'node:net';
import { ownerRole } from './server.ts';

/** The one database of an embedded Postgres that is ours. */
export const databaseName = 'anteroom';

/** The owner's connection URL; a secret. */
export const ownerUrl = (port: number, password: string, database = databaseName): string =>
  `postgresql://${ownerRole}:${password}@127.0.0.1:${port}/${database}`;

/** A port of this machine that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
