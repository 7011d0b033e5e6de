import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { places } from './places.ts';

/** Anteroom's own version, as package.json has it. */
export const { version: appVersion } = JSON.parse(
  readFileSync(join(places.root, 'package.json'), 'utf8'),
) as { version: string };
