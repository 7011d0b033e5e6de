import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { places } from '../core/places.ts';

/**
 * Electron's executable, or null where it is not installed. Asked of the file system and not of the package,
 * which would start to download a hundred megabytes.
 */
export const electronBinary = (): string | null => {
  const folder = join(places.root, 'node_modules/electron');
  const nameFile = join(folder, 'path.txt');
  if (!existsSync(nameFile)) return null;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const binary = join(dist, readFileSync(nameFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
};
