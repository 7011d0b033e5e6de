import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { places } from '../core/places.ts';

/** What the built screens are made of. */
const sources = ['src-renderer', 'src-main/contract', 'package-lock.json'];

/**
 * Builds the screens into out/renderer when they are missing or older than their sources, and says so on
 * standard error. Does nothing in an installed app, which has no sources, and where ANTEROOM_KEEP_SCREENS says that
 * several desks share one build.
 */
export const ensureScreens = async (): Promise<void> => {
  if (process.env['ANTEROOM_KEEP_SCREENS'] || !existsSync(join(places.root, 'src-renderer'))) return;
  if (isFresh()) return;
  process.stderr.write('Building the screens …\n');
  const { build, createLogger } = await import('vite');
  const logger = createLogger('warn');
  // Standard output belongs to the address that the shell prints.
  logger.warn = logger.warnOnce = (message) => void process.stderr.write(`${message}\n`);
  await build({
    configFile: join(places.root, 'src-renderer/vite.config.ts'),
    customLogger: logger,
    logLevel: 'warn',
  });
};

const isFresh = (): boolean => {
  const built = join(places.renderer, 'index.html');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return sources.every((source) => newest(join(places.root, source)) <= builtAt);
};

/** The latest change in a file or folder, in ms since 1970. */
const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};
