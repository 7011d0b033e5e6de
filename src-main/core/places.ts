import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder: the nearest one above this file with a package.json, packaged or not. */
const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** Where the files that ship beside the code are. */
export const places = {
  root,
  centralMigrations: join(root, 'drizzle/central'),
  replicaMigrations: join(root, 'drizzle/replica'),
  renderer: join(root, 'out/renderer'),
  resources: join(root, 'resources'),
};
