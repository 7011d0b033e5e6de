import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { places } from '../../src-main/core/places.ts';
import { holdFile } from '../../src-main/core/replica/hold.ts';
import { temporaryFolder } from '../support/desk.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

it('a desk that a program has open is refused to another, until that one ends, even by kill -9', async () => {
  const file = join(folder.path, 'in-use');
  const program = `
    const { holdFile } = await import(${JSON.stringify(join(places.root, 'src-main/core/replica/hold.ts'))});
    const held = holdFile(${JSON.stringify(file)}) !== null;
    // Nothing refers to the lock from here on; a collection of garbage must not let go of it.
    globalThis.gc();
    setImmediate(() => { globalThis.gc(); console.log(held ? 'held' : 'refused'); });
    setInterval(() => undefined, 1000);
  `;
  const other = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program]);
  try {
    const [said] = await once(other.stdout, 'data');
    expect(String(said).trim()).toBe('held');
    expect(holdFile(file)).toBeNull();
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  const release = holdFile(file);
  expect(release).not.toBeNull();
  release?.();
});
