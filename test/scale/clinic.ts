import pg from 'pg';
import { addDesk, initCentral } from '../../src-main/core/central/admin.ts';
import { loadSample } from '../../src-main/core/sample/load.ts';

/** Makes central in an empty database with a small sample clinic; answers the URLs of so many desks of it. */
export const clinicWith = async (ownerUrl: string, desks: number): Promise<string[]> => {
  const made = await initCentral(ownerUrl);
  if (!made.ok) throw new Error(made.error.message);
  const { clinicId } = await loadSample(ownerUrl, { patients: 200, appointments: 200 });
  const urls: string[] = [];
  for (let n = 1; n <= desks; n += 1) {
    const added = await addDesk(ownerUrl, { clinicId, name: `Scale ${n}` });
    if (!added.ok) throw new Error(added.error.message);
    urls.push(added.value.url);
  }
  return urls;
};

/** Runs SQL as the owner, on a connection of its own. */
export const onOwner = async <R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<R>(sql).finally(() => client.end());
  return rows;
};
