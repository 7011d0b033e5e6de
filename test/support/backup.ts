import { serverUrl, withClient } from './central.ts';
import { templateName } from './central-server.ts';

/** A copy of a test's central. */
export interface Backup {
  /** Puts the copy in central's place, as after a lost disk; connections are cut. */
  restore(): Promise<void>;
  drop(): Promise<void>;
}

/** Copies a test's central as it is now; connections are cut. */
export const backUp = async (ownerUrl: string): Promise<Backup> => {
  const name = new URL(ownerUrl).pathname.slice(1);
  if (name === templateName) throw new Error('the template is not a test’s own');
  const copy = `${name}_backup`;
  const onServer = async (sql: string) =>
    withClient(await serverUrl(), async (client) => {
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname in ('${name}', '${copy}')`,
      );
      await client.query(sql);
    });
  const copyInto = async (to: string, from: string) => {
    await onServer(`drop database if exists ${to} with (force)`);
    await onServer(`create database ${to} template ${from}`);
  };
  await copyInto(copy, name);
  return {
    restore: () => copyInto(name, copy),
    drop: () => onServer(`drop database if exists ${copy} with (force)`),
  };
};
