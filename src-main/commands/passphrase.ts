import { readFileSync } from 'node:fs';
import { MIN_PASSPHRASE } from '../core/age-file.ts';
import { Explained } from '../core/explained.ts';
import { askAtTerminal } from './terminal.ts';

/**
 * The passphrase of a file: the first line of `file`, or of the file that ANTEROOM_BACKUP_PASSPHRASE_FILE names, or what
 * somebody types at the terminal, twice where it is new. Never an argument, which other programs could see.
 */
export const askPassphrase = async ({
  file = process.env['ANTEROOM_BACKUP_PASSPHRASE_FILE'],
  isNew,
}: {
  file?: string | undefined;
  isNew: boolean;
}): Promise<string> => {
  const passphrase = file ? readFirstLine(file) : await type('Passphrase: ');
  if (isNew && passphrase.length < MIN_PASSPHRASE) {
    throw new Explained(
      `A passphrase of at least ${MIN_PASSPHRASE} characters is needed: four or five words.`,
    );
  }
  if (isNew && !file && (await type('Once more: ')) !== passphrase) {
    throw new Explained('The two are not the same. Nothing was done.');
  }
  return passphrase;
};

const readFirstLine = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch {
    throw new Explained(`The passphrase file ${file} cannot be read.`);
  }
};

const type = (question: string): Promise<string> =>
  askAtTerminal(question, { isSecret: true, otherwise: 'Name a file by --passphrase-file.' });
