import { parseArgs } from 'node:util';
import { backUp } from '../core/central/backup/make.ts';
import { check, type Restored, restore } from '../core/central/backup/restore.ts';
import { untilStopped } from '../shell/until-stopped.ts';
import { need, settle, text } from './owner.ts';
import { askPassphrase } from './passphrase.ts';

export const backupUsage = `  backup --data DIR --out FILE       back up the Postgres of that folder, encrypted, while desks work
  backup --data DIR --check FILE     restore a backup beside it, look whether it is whole, and remove it
  restore --data NEWDIR --in FILE    restore a backup into an empty folder
             [--passphrase-file FILE]   its first line; ANTEROOM_BACKUP_PASSPHRASE_FILE may name it instead
`;

const options = { data: text, out: text, check: text, in: text, 'passphrase-file': text } as const;

/** `npm run central -- backup`: makes one, or tries whether one can be restored. */
export const backup = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options });
  if (values.check !== undefined) return checkBackup(values.check, values);
  const folder = need(values.data, 'data');
  const file = need(values.out, 'out');
  const passphrase = await askPassphrase({ file: values['passphrase-file'], isNew: true });
  const { bytes, sha256 } = settle(await backUp({ folder, file, passphrase, ...working() }));
  process.stdout.write(`${file}\n`);
  process.stderr.write(`${megabytes(bytes)} MB, SHA-256 ${sha256}\n`);
};

const checkBackup = async (
  file: string,
  values: { data?: string; 'passphrase-file'?: string },
): Promise<void> => {
  const folder = need(values.data, 'data');
  const passphrase = await askPassphrase({ file: values['passphrase-file'], isNew: false });
  const checked = settle(await check({ folder, file, passphrase, ...working() }));
  process.stdout.write(`${described(checked)}\n`);
  if (!checked.known) process.stderr.write('The database of this folder does not know this backup.\n');
};

/** `npm run central -- restore`. */
export const restoreBackup = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options });
  const folder = need(values.data, 'data');
  const file = need(values.in, 'in');
  const passphrase = await askPassphrase({ file: values['passphrase-file'], isNew: false });
  const restored = settle(await restore({ folder, file, passphrase, ...working() }));
  process.stdout.write(`${described(restored)}\n`);
  process.stderr.write('Desks send again by themselves what was done since, as far as they have it.\n');
};

const described = ({ madeAt, clinics, rows, brokenAudits }: Restored): string =>
  [
    `Whole: made at ${madeAt}, ${rows} rows, ${clinics.length > 0 ? clinics.join(', ') : 'no clinic'}`,
    ...brokenAudits.map((name) => `The audit of ${name} is not whole; it was so when the backup was made.`),
  ].join('\n');

/** Ctrl+C leaves nothing half done; a terminal sees how far it is. */
const working = () => {
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const onProgress = (percent: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${percent} % ${percent === 100 ? '\n' : ''}`);
  };
  return { onProgress, signal: stop.signal };
};

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
