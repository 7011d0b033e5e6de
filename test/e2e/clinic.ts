import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { addDesk } from '../../src-main/core/central/admin.ts';
import { templateName } from '../support/central-server.ts';

/** One test's own central: a copy of the template with the sample clinic. */
export interface E2eClinic {
  ownerUrl: string;
  clinicId: string;
  /** Adds a desk to the clinic; answers its own connection URL. */
  addDesk(name: string): Promise<string>;
  /** A statement with the owner's rights, behind every desk's back. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** Copies the template that `setup.ts` made. */
export const copyClinic = async (): Promise<E2eClinic> => {
  const server = env('ANTEROOM_E2E_SERVER');
  const clinicId = env('ANTEROOM_E2E_CLINIC');
  const name = `e2e_${randomBytes(8).toString('hex')}`;
  await run(server, `create database ${name} template ${templateName}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  return {
    ownerUrl,
    clinicId,
    addDesk: async (deskName) => {
      const added = await addDesk(ownerUrl, { clinicId, name: deskName });
      if (!added.ok) throw new Error(added.error.message);
      return added.value.url;
    },
    query: (sql, values) => run(ownerUrl, sql, values),
    drop: async () => {
      await run(server, `drop database if exists ${name} with (force)`);
    },
  };
};

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is set by test/e2e/setup.ts`);
  return value;
};

const run = async (url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
};
