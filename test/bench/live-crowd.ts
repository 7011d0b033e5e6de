import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type OnlineDesk, startDesk } from './live-desk.ts';

// The other desks of a clinic, in a process of their own: each with its replica, its connection and its listening.
const [folder = '', ...urls] = process.argv.slice(2);
const desks: OnlineDesk[] = [];
for (const url of urls)
  desks.push(await startDesk(url, join(folder, `${randomBytes(4).toString('hex')}.db`)));
process.on('message', async () => {
  for (const desk of desks) await desk.close();
  process.exit(0);
});
process.send?.('ready');
