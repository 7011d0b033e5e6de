import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type AdminResult, addClinic, addDesk, type NewClinic } from '../../src-main/core/central/admin.ts';
import { templateName } from './central-server.ts';

/** A central database of a test's own, migrated and empty. */
export interface TestCentral {
  /** URL of the owner, a superuser. */
  ownerUrl: string;
  drop(): Promise<void>;
}

/** The owner's URL of this run's Postgres server; its first caller waits for the start. */
export const serverUrl = async (): Promise<string> => {
  const response = await fetch(inject('centralServer'));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

/** A new database, copied from the migrated template. Drop it in `afterAll`. */
export const freshCentral = async (): Promise<TestCentral> => {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database ${name} template ${templateName}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    ownerUrl: url.href,
    drop: async () => {
      await withClient(server, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};

export interface TestDesk {
  deskId: string;
  name: string;
  /** The desk's own connection URL. */
  url: string;
}

/** A clinic with desks of the given names. */
export const clinicWithDesks = async (
  ownerUrl: string,
  names: string[] = ['Desk 1', 'Desk 2'],
  clinic: Partial<NewClinic> = {},
): Promise<{ clinicId: string; desks: TestDesk[] }> => {
  const clinicId = must(
    await addClinic(ownerUrl, { name: 'Test clinic', timezone: 'Europe/Athens', ...clinic }),
  );
  const desks: TestDesk[] = [];
  for (const name of names) desks.push({ name, ...must(await addDesk(ownerUrl, { clinicId, name })) });
  return { clinicId, desks };
};

/** Runs `work` on a connection that is closed afterwards, by an owner's or a desk's URL. */
export const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const must = <T>(result: AdminResult<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
