import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Explained } from '../core/explained.ts';

/** Asks at the terminal. What is typed is shown, unless `isSecret`. */
export const askAtTerminal = (
  question: string,
  { isSecret = false, otherwise = '' } = {},
): Promise<string> => {
  if (!process.stdin.isTTY) throw new Explained(`There is no terminal to ask at. ${otherwise}`.trim());
  process.stderr.write(question);
  const silent = new Writable({ write: (_piece, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: isSecret ? silent : process.stderr,
    terminal: true,
  });
  return new Promise((resolve, reject) => {
    reader.once('SIGINT', () => {
      reader.close();
      reject(new Explained('Nothing was done.'));
    });
    reader.question('', (answer) => {
      reader.close();
      if (isSecret) process.stderr.write('\n');
      resolve(answer);
    });
  });
};
