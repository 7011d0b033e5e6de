import open from 'open';
import { type DeskOptions, webOptions } from '../shell/options.ts';
import { openRecords, type Records, reportCrashes } from '../shell/records.ts';
import { ensureScreens } from '../shell/screens.ts';
import { openServedDesk } from '../shell/served-desk.ts';
import { untilStopped } from '../shell/until-stopped.ts';
import { startServer, usualLimits, type WebServer } from './server.ts';

/** Opens a desk and serves it to the browsers of this PC. Closing lets the desk finish what it writes. */
export const startWeb = async (
  options: DeskOptions & { port: number },
  records: Records = openRecords(options),
): Promise<WebServer> => {
  const desk = await openServedDesk(options, records.log, { records });
  try {
    const server = await startServer(desk, options.port, usualLimits, records.log);
    const close = async (): Promise<void> => {
      await server.close();
      await desk.close();
      await records.close();
    };
    return { ...server, close };
  } catch (fault) {
    await desk.close();
    throw fault;
  }
};

/** `npm run start:web`: standard output carries the address and nothing else. */
export const main = async (args: string[]): Promise<void> => {
  const options = webOptions(args);
  const stopped = untilStopped();
  await ensureScreens();
  const records = openRecords(options);
  reportCrashes(records);
  const web = await startWeb(options, records);
  process.stdout.write(`Anteroom is at ${web.url}\n`);
  if (options.open && hasScreen()) await open(web.url).catch(() => undefined);
  await stopped;
  await web.close();
  process.exit(0);
};

const hasScreen = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
