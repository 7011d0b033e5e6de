import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, expect, test } from 'vitest';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { checkNonce, type Nonce } from '../../src-main/core/replica/nonce.ts';
import { toldTroubles } from '../../src-main/core/replica/troubles.ts';
import { deskOnFile, memoryNonce, temporaryFolder } from '../support/desk.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const key = Buffer.alloc(32, 5);

/** Opens a file as at a start of the desk, and answers whether it went on as a new stream and what is told. */
const start = async (file: string, nonce: Nonce) => {
  const desk = deskOnFile(file, key);
  try {
    const { incarnation } = readDeskState(desk.replica);
    await checkNonce(desk.replica, nonce, desk);
    const isNew = readDeskState(desk.replica).incarnation !== incarnation;
    return { isNew, told: toldTroubles(desk.replica).map(({ code }) => code) };
  } finally {
    desk.dispose();
  }
};

test('a file that was restored or copied goes on as a new stream, and the desk is told', async () => {
  const file = join(folder.path, `${newId()}.db`);
  const nonce = memoryNonce();
  expect(await start(file, nonce)).toEqual({ isNew: false, told: [] });
  copyFileSync(file, `${file}.yesterday`);
  expect(await start(file, nonce)).toEqual({ isNew: false, told: [] });
  copyFileSync(`${file}.yesterday`, file);
  expect(await start(file, nonce)).toEqual({ isNew: true, told: ['copy_found'] });
});

test('a desk that was killed while it opened is not taken for a copy, at whichever step', async () => {
  for (const lastWrite of [1, 2]) {
    const file = join(folder.path, `${newId()}.db`);
    const nonce = memoryNonce();
    await start(file, nonce);
    let writes = 0;
    const killed: Nonce = {
      read: nonce.read,
      write: async (word) => {
        writes += 1;
        if (writes > lastWrite - 1) throw new Error('killed');
        await nonce.write(word);
      },
    };
    await expect(start(file, killed)).rejects.toThrow('killed');
    expect(await start(file, nonce)).toEqual({ isNew: false, told: [] });
  }
});
