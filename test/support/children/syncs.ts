import { v7 as newId } from 'uuid';
import { noLog } from '../../../src-main/core/log.ts';
import { Replica } from '../../../src-main/core/replica/open.ts';
import { Engine } from '../../../src-main/core/sync/engine.ts';

// Fills a replica from central and says each state.
const [file = '', key = '', url = ''] = process.argv.slice(2);
const replica = new Replica({ file, key: Buffer.from(key, 'hex'), newId });
const desk = { replica, now: () => new Date().toISOString(), newId: () => newId() };
const engine = new Engine(desk, { url, log: noLog, random: Math.random });
engine.onState((state) => process.stdout.write(`${JSON.stringify(state)}\n`));
engine.start();
setInterval(() => undefined, 1_000);
