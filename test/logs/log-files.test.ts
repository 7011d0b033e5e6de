import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogFiles, logFileName } from '../../src-main/shell/log-files.ts';
import { temporaryFolder } from '../support/desk.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const quiet = (): void => undefined;
const open = () => new LogFiles(join(folder.path, 'logs'), quiet);
const messages = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line).message);

it('a desk that says nothing makes no file', async () => {
  const files = open();
  await files.close();
  expect(readdirSync(folder.path)).toEqual([]);
  expect(await files.read()).toEqual([]);
});

it('what was logged is there after the next start, a line of JSON each, for this user only', async () => {
  const first = open();
  first.log.info('opened', { rows: 3 });
  first.log.error('call failed', { call: 'book' });
  await first.close();
  const second = open();
  second.log.info('opened again');
  await second.close();
  const lines = await second.read();
  expect(messages(lines)).toEqual(['opened', 'call failed', 'opened again']);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 'error', call: 'book' });
  expect(statSync(join(second.folder, logFileName(0))).mode & 0o777).toBe(0o600);
  expect(messages(second.recent)).toEqual(['opened again']);
});

it('files take turns at a megabyte, the newest lines are read, and ten are the most', async () => {
  const logs = join(folder.path, 'logs');
  for (let round = 0; round < 12; round += 1) {
    const files = new LogFiles(logs, quiet);
    for (let line = 0; line < 12; line += 1)
      files.log.info(`${round} ${line}`, { filler: 'x'.repeat(100_000) });
    await files.close();
  }
  const names = readdirSync(logs).sort();
  expect(names).toHaveLength(10);
  expect(names).toContain('anteroom.log');
  expect(names).toContain('anteroom.9.log');
  for (const name of names) expect(statSync(join(logs, name)).size).toBeLessThan(1.2 * 1024 * 1024);
  const read = await new LogFiles(logs, quiet).read();
  expect(messages(read.slice(-1))).toEqual(['11 11']);
  for (const line of read) expect(() => JSON.parse(line)).not.toThrow();
});

it('a folder that cannot be written costs the lines and nothing else', async () => {
  writeFileSync(join(folder.path, 'logs'), 'in the way');
  const heard: string[] = [];
  const files = new LogFiles(join(folder.path, 'logs'), (line) => heard.push(line));
  files.log.error('call failed');
  files.log.error('call failed');
  await files.close();
  expect(heard).toHaveLength(2);
  expect(files.recent).toHaveLength(2);
  expect(await files.read()).toEqual([]);
});

it('a file that is a folder does not end the desk', async () => {
  const logs = join(folder.path, 'logs');
  const files = new LogFiles(join(logs, 'anteroom.log'), quiet);
  files.log.info('one');
  await files.close();
  const blocked = new LogFiles(logs, quiet);
  blocked.log.info('two');
  await blocked.close();
  expect(messages(blocked.recent)).toEqual(['two']);
});
