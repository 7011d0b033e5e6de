import { expect, test } from 'vitest';
import { withClient } from '../../support/central.ts';
import { until } from '../../support/until.ts';
import { clinicOf, migrate } from './clinic.ts';
import { earlierProgram } from './earlier.ts';

test('a migration that waits for a desk which waits for it is undone, begun anew and done', async () => {
  const clinic = await clinicOf(await earlierProgram(4), ['Desk 1']);
  try {
    await withClient(clinic.ownerUrl, async (desk) => {
      // Postgres ends whichever of the two looks first for a knot, after a second: the migration.
      await desk.query(`set deadlock_timeout = '30s'`);
      await desk.query('begin');
      await desk.query('select 1 from streams');
      const migrated = migrate(clinic.ownerUrl);
      await withClient(clinic.ownerUrl, (watcher) =>
        until('the migration waits for the desk', async () => {
          const { rows } = await watcher.query(
            `select 1 from pg_locks where relation = 'streams'::regclass and not granted`,
          );
          return rows.length > 0;
        }),
      );
      await desk.query('select 1 from heads');
      await desk.query('commit');
      await migrated;
      await until('the knot is counted', async () => {
        const { rows } = await desk.query(
          `select 1 from pg_stat_database where datname = current_database() and deadlocks = 1`,
        );
        return rows.length > 0;
      });
    });
    expect(
      await withClient(
        clinic.ownerUrl,
        async (owner) => (await owner.query('select tables from heads')).rows,
      ),
    ).toHaveLength(1);
  } finally {
    await clinic.drop();
  }
});
