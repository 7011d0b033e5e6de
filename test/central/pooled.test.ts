import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientConfig, connectCentral } from '../../src-main/core/central/connect.ts';
import { liveDesk } from '../support/live-desk.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

// `node src-main/run.mjs scale pooler` tries it behind a real pgbouncer.
describe('a desk whose URL says that each of its transactions may get another backend', {
  timeout: 60_000,
}, () => {
  let clinic: SmallClinic;
  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1', 'Desk 2']);
  });
  afterAll(() => clinic.drop());
  const pooled = (index: number): string => {
    const url = new URL(clinic.desks[index]?.url ?? '');
    url.searchParams.set('pool', 'transaction');
    return url.href;
  };

  test('asks for nothing with its connection that a backend would have to remember', () => {
    const config = clientConfig(pooled(0), 'test', 1_000);
    expect(config).not.toHaveProperty('options');
    expect(config).not.toHaveProperty('statement_timeout');
    expect(clientConfig(clinic.desks[0]?.url ?? '', 'test', 1_000)).toHaveProperty(
      'statement_timeout',
      1_000,
    );
  });

  test('hears by asking of what others do', async () => {
    const [a, b] = [liveDesk(pooled(0)), liveDesk(pooled(1))];
    await a.quiet();
    await b.quiet();
    const connected = await connectCentral(clinic.ownerUrl, { application: 'test' });
    if (!connected.ok) throw new Error(connected.error.message);
    await connected.value.query(`update patients set city = 'Volos' where id = $1`, [clinic.patients[0]]);
    await connected.value.close();
    for (const desk of [a, b]) {
      const city = desk.replica.statement('select city from patients where id = ?').pluck();
      await until('the city is read', () => city.get(clinic.patients[0]) === 'Volos');
      await desk.dispose();
    }
  });

  test('names no statement', async () => {
    const connected = await connectCentral(pooled(0), { application: 'test' });
    if (!connected.ok) throw new Error(connected.error.message);
    const central = connected.value;
    await central.query('select head()', [], 'head');
    const [row] = await central.query<{ kept: string }>(
      'select count(*) as kept from pg_prepared_statements',
    );
    await central.close();
    expect(Number(row?.kept)).toBe(0);
  });
});
