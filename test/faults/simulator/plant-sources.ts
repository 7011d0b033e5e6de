import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { replaceOnce } from './plant-sql.ts';
import type { SourcePlant } from './plants.ts';

/** Puts mistakes into files that are not loaded yet; loading one throws where it no longer has that text. */
export const plantInSources = (plants: readonly SourcePlant[]): void => {
  const root = join(import.meta.dirname, '../../..');
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const here = plants.filter(({ file }) => pathToFileURL(join(root, file)).href === url);
      if (here.length === 0) return loaded;
      return { ...loaded, source: here.reduce(plantOne, String(loaded.source)) };
    },
  });
};

const plantOne = (source: string, { file, from, to }: SourcePlant): string =>
  replaceOnce(file, source, from, to);
