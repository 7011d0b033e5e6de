import { readdir, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Diagnostics } from '../../contract/diagnostics.ts';
import type { Desk } from '../desk.ts';
import { isSetAside } from '../replica/set-aside.ts';

/** What this desk takes of its disk, in bytes, and what is left there. What cannot be read counts as nothing. */
export const sizesOf = async ({ replica, records }: Desk): Promise<Diagnostics['sizes']> => {
  const { file } = replica;
  const folder = dirname(file);
  const names = await readdir(folder).catch((): string[] => []);
  const aside = names.filter((name) => isSetAside(name, basename(file)));
  return {
    copy: await bytesOf(file),
    writeAhead: await bytesOf(`${file}-wal`),
    files: await bytesIn(join(folder, 'files')),
    setAside: {
      count: aside.filter((name) => !/-(wal|shm|journal)$/.test(name)).length,
      bytes: await sum(aside.map((name) => bytesOf(join(folder, name)))),
    },
    logs: records?.bytes() ?? 0,
    diskFree: await statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
  };
};

const bytesOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

const bytesIn = async (folder: string): Promise<number> => {
  const names = await readdir(folder).catch((): string[] => []);
  return sum(names.map((name) => bytesOf(join(folder, name))));
};

const sum = async (numbers: Promise<number>[]): Promise<number> =>
  (await Promise.all(numbers)).reduce((all, one) => all + one, 0);
