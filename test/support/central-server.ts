import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { initCentral } from '../../src-main/core/central/admin.ts';
import { type Embedded, startEmbedded } from '../../src-main/core/central/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the owner's URL of this run's Postgres, started by the first who asks. */
    centralServer: string;
  }
}

/** The migrated database that every test's own database is a copy of. */
export const templateName = 'anteroom_template';

/** One Postgres for a test run, in a folder that goes when the run ends; runs without a central start none. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-test-'));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(folder, 0o711);
  let starting: Promise<Embedded> | undefined;
  const server = createServer((_request, response) => {
    starting ??= startTemplate(folder);
    starting.then(
      ({ url }) => response.end(url),
      (fault: unknown) => response.writeHead(500).end(String(fault)),
    );
  });
  project.provide('centralServer', await listen(server));
  return async () => {
    server.close();
    await (await starting?.catch(() => undefined))?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    });
  });

/** Starts Postgres in `folder` with the migrated template in it. */
export const startTemplate = async (folder: string): Promise<Embedded> => {
  const started = await startEmbedded({ folder });
  if (!started.ok) throw new Error(started.error.message);
  const owner = new pg.Client({ connectionString: started.value.url });
  await owner.connect();
  // A test's database need not survive a power cut.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await owner.query(`alter system set ${setting} = off`);
  }
  await owner.query('select pg_reload_conf()');
  await owner.query(`create database ${templateName}`);
  await owner.end();
  const template = new URL(started.value.url);
  template.pathname = `/${templateName}`;
  const migrated = await initCentral(template.href);
  if (!migrated.ok) throw new Error(migrated.error.message);
  return started.value;
};
