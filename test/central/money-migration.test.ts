import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { migrateCentral } from '../../src-main/core/central/migrate.ts';
import { places } from '../../src-main/core/places.ts';
import { clinicWithDesks, serverUrl, withClient } from '../support/central.ts';
import { appointmentOf, insertInto, seedBasics } from '../support/central-rows.ts';
import { temporaryFolder } from '../support/desk.ts';

/** The migrations before a given one, as a folder that drizzle reads. */
const migrationsBefore = (tag: string) => {
  const folder = temporaryFolder();
  cpSync(places.centralMigrations, folder.path, { recursive: true });
  const path = join(folder.path, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { tag: string }[] };
  journal.entries = journal.entries.filter((entry) => entry.tag < tag);
  writeFileSync(path, JSON.stringify(journal));
  return folder;
};

test('payments from before receipts were numbered get place, day and number in the order of paying, and desks hear of it', async () => {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  await withClient(url.href, async (owner) => {
    const older = migrationsBefore('0007');
    await migrate(drizzle(owner), { migrationsFolder: older.path });
    older.remove();
    const { clinicId } = await clinicWithDesks(url.href, []);
    const basics = await seedBasics(owner, clinicId);
    const insert = insertInto(owner, clinicId);
    const appointment = appointmentOf(basics, 0, 0);
    await insert('appointments', appointment);
    const pay = async (paid_at: string, columns: Record<string, unknown> = {}): Promise<string> => {
      const id = newId();
      const money = { appointment_id: appointment.id, amount_cents: 100, currency: 'EUR', method: 'cash' };
      await insert('payments', { id, ...money, status: 'paid', paid_at, ...columns });
      return id;
    };
    const late = await pay('2026-11-20T22:30:00Z');
    const early = await pay('2026-11-20T07:00:00Z');
    const failed = await pay('2026-11-20T07:10:00Z', { status: 'failed' });
    const refund = await pay('2026-11-21T07:00:00Z', {
      kind: 'refund',
      status: 'refunded',
      refunds_payment_id: early,
    });
    const before = (await owner.query('select max(rev) as rev from payments')).rows[0].rev;

    expect(await migrateCentral(url.href)).toEqual({ ok: true });

    const { rows } = await owner.query(
      `select id, location_id, business_day::text as day, receipt_number as number, rev > $1 as moved
       from payments order by receipt_number, id`,
      [before],
    );
    const at = { location_id: basics.locationId, moved: true };
    expect(rows).toEqual([
      { ...at, id: early, day: '2026-11-20', number: 1 },
      { ...at, id: late, day: '2026-11-21', number: 2 },
      { ...at, id: refund, day: '2026-11-21', number: 3 },
      { ...at, id: failed, day: null, number: null },
    ]);
    await pay('2026-11-24T08:00:00Z');
    const { rows: last } = await owner.query('select max(receipt_number) as number from payments');
    expect(last[0].number).toBe(4);
  });
  await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
});
