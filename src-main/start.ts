import { electronBinary } from './shell/electron-binary.ts';

/** `npm start`: the desktop app where Electron can run, the web shell otherwise. */
export const main = async (args: string[]): Promise<void> => {
  if (electronBinary()) {
    const { main: startElectron } = await import('./start-electron.ts');
    return startElectron(args);
  }
  process.stderr.write(
    'There is no Electron binary here, so this is the web shell. (`npx install-electron` fetches the binary.)\n',
  );
  const { main: startWeb } = await import('./web/main.ts');
  return startWeb(args);
};
