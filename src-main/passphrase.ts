import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { MIN_PASSPHRASE } from './core/age-file.ts';
import { Explained } from './core/explained.ts';

/**
 * The passphrase of a file: the first line of `file`, or of the file that ANTEROOM_BACKUP_PASSPHRASE_FILE names, or what
 * somebody types at the terminal, twice where it is new. Never an argument, which other programs could see.
 */
export const askPassphrase = async ({
  file = process.env['ANTEROOM_BACKUP_PASSPHRASE_FILE'],
  isNew,
}: {
  file: string | undefined;
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

/** Asks at the terminal and shows nothing of the answer. */
const type = (question: string): Promise<string> => {
  if (!process.stdin.isTTY) {
    throw new Explained('There is no terminal to ask for the passphrase. Name a file by --passphrase-file.');
  }
  process.stderr.write(question);
  const silent = new Writable({ write: (_piece, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    reader.once('SIGINT', () => {
      reader.close();
      reject(new Explained('Nothing was done.'));
    });
    reader.question('', (answer) => {
      reader.close();
      process.stderr.write('\n');
      resolve(answer);
    });
  });
};
