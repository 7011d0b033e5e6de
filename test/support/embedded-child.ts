import { startEmbedded } from '../../src-main/core/central/embedded.ts';

// A process that a test can kill: starts the embedded Postgres of a folder, says how that went, and stays.
const [folder = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await startEmbedded({ folder }))}\n`);
setInterval(() => {}, 60_000);
