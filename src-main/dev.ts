import { join } from 'node:path';
import { createServer } from 'vite';
import { places } from './core/places.ts';
import { webOptions } from './shell/options.ts';
import { untilStopped } from './shell/until-stopped.ts';
import { startWeb } from './web/main.ts';

/** `npm run dev`: the screens from their sources, changing as they are edited, on a desk that really runs. */
export const main = async (args: string[]): Promise<void> => {
  const stopped = untilStopped();
  const web = await startWeb(webOptions(args));
  process.env['ANTEROOM_DEV_SHELL'] = `http://127.0.0.1:${web.port}`;
  process.env['ANTEROOM_DEV_TOKEN'] = web.token;
  const vite = await createServer({ configFile: join(places.root, 'src-renderer/vite.config.ts') });
  await vite.listen();
  vite.printUrls();
  await stopped;
  await vite.close();
  await web.close();
  process.exit(0);
};
