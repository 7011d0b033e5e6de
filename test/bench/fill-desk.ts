import { monitorEventLoopDelay } from 'node:perf_hooks';
import { v7 as newId } from 'uuid';
import { noLog } from '../../src-main/core/log.ts';
import { Replica } from '../../src-main/core/replica/open.ts';
import { replicatedTables } from '../../src-main/core/replica/tables.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { until } from '../support/until.ts';
import type { FillReport } from './setting.ts';

// A desk's first sync in a process of its own, so that its memory is its own.
const [url = '', file = '', key = ''] = process.argv.slice(3);
const replica = new Replica({ file, key: Buffer.from(key, 'hex'), newId });
const desk = { replica, now: () => new Date().toISOString(), newId: () => newId() };
const engine = new Engine(desk, { url, log: noLog, random: Math.random });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const start = performance.now();
engine.start();
await until('the first sync is done', () => engine.state().phase === 'online', 3_600_000);
const ms = performance.now() - start;
delay.disable();
const counts = [...replicatedTables.keys()].map((table) =>
  Number(replica.statement(`select count(*) from ${table}`).pluck().get()),
);
await engine.close();
replica.close();
const report: FillReport = {
  ms,
  rows: counts.reduce((sum, count) => sum + count, 0),
  rssMb: process.resourceUsage().maxRSS / 1024,
  stallMs: delay.max / 1e6,
};
process.send?.(report, () => process.exit(0));
