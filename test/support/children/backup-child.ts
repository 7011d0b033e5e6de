import { backUp } from '../../../src-main/core/central/backup/make.ts';
import { restore } from '../../../src-main/core/central/backup/restore.ts';

// A process that a test can kill in the middle of a backup or a restore: it says how far it is, and how it ended.
const [what = '', folder = '', file = '', passphrase = ''] = process.argv.slice(2);
const run = what === 'restore' ? restore : backUp;
const onProgress = (percent: number) => process.stdout.write(`${percent}\n`);
process.stdout.write(`${JSON.stringify(await run({ folder, file, passphrase, onProgress }))}\n`);
