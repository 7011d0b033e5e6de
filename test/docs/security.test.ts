import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { places } from '../../src-main/core/places.ts';

/** What `file: title` names, in one text: the titles that follow one without a file are of the same file. */
const promises = (text: string): { file: string; title: string }[] => {
  let file = '';
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, span = '']) => {
    const named = /^([a-z0-9]+(?:\/[a-z-]+)+)(?:: (.+))?$/.exec(span);
    if (!named) return [];
    [, file = ''] = named;
    return [{ file, title: named[2] ?? '' }];
  });
};

it('each promise of the threat model names a test that is there', () => {
  const named = promises(readFileSync(join(places.resources, 'docs/security.md'), 'utf8'));
  expect(named.length).toBeGreaterThan(60);
  const missing = named.filter(({ file, title }) => {
    const path = ['.test.ts', '.spec.ts', '.ts']
      .map((end) => join(places.root, 'test', file + end))
      .find(existsSync);
    if (!path) return true;
    const source = readFileSync(path, 'utf8').replaceAll('\\u2019', '’');
    return !title.split(/ ?… ?/).every((part) => source.includes(part));
  });
  expect(missing).toEqual([]);
});
