import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Explained } from './core/explained.ts';
import { places } from './core/places.ts';
import { electronBinary } from './shell/electron-binary.ts';

/** `npm run start:electron`: builds the desktop app and runs it until its window is closed. */
export const main = async (args: string[]): Promise<void> => {
  const binary = electronBinary();
  if (!binary) {
    throw new Explained(
      'There is no Electron binary here. `npx install-electron` fetches it; `npm run start:web` needs none.',
    );
  }
  process.stderr.write('Building the desktop app …\n');
  const { build } = await import('electron-vite');
  await build({ root: places.root, logLevel: 'warn' });
  // Chromium refuses its sandbox to root, which only happens in containers.
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = spawn(binary, [...switches, places.root, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  const [code] = await once(app, 'exit');
  process.exit(code ?? 1);
};
