import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from '../core/explained.ts';

/** How a desk is started; the same for both shells. */
export interface DeskOptions {
  /** Holds everything that Anteroom keeps on this PC. */
  data: string;
  /** The desk's own connection URL as `central add-desk` printed it; null for the sample clinic on this PC. */
  central: string | null;
  /** Which desk of this PC; each has a replica of its own under `data`. */
  desk: string;
  insecureKeyFile: boolean;
}

export interface WebOptions extends DeskOptions {
  /** 0: any free one. */
  port: number;
  /** Open the browser when there is one. */
  open: boolean;
}

const DEFAULT_DESK = 'Reception';

const deskFlags = {
  data: { type: 'string' },
  central: { type: 'string' },
  desk: { type: 'string' },
  'insecure-key-file': { type: 'boolean' },
} as const;

const webFlags = {
  ...deskFlags,
  port: { type: 'string' },
  open: { type: 'boolean' },
} as const;

/** Options of the web shell from its command line. An option that does not exist throws with a sentence. */
export const webOptions = (args: string[], env: NodeJS.ProcessEnv = process.env): WebOptions => {
  const { values } = parseArgs({ args, options: webFlags, allowNegative: true });
  return { ...fill(values, env), port: parsePort(values.port), open: values.open ?? true };
};

/** Options of the Electron shell. Chromium's own switches stand on the same line and are passed over. */
export const electronOptions = (args: string[], env: NodeJS.ProcessEnv = process.env): DeskOptions => {
  const known = args.filter((arg, index) => isOurs(arg) || isOurs(args[index - 1] ?? '', true));
  return fill(parseArgs({ args: known, options: deskFlags, allowPositionals: true }).values, env);
};

const isOurs = (arg: string, withValue = false): boolean => {
  const [name = '', value] = arg.startsWith('--') ? arg.slice(2).split('=', 2) : [];
  if (!Object.hasOwn(deskFlags, name)) return false;
  return !withValue || (name !== 'insecure-key-file' && value === undefined);
};

const fill = (
  values: { data?: string; central?: string; desk?: string; 'insecure-key-file'?: boolean },
  env: NodeJS.ProcessEnv,
): DeskOptions => ({
  data: resolve(values.data ?? env['ANTEROOM_DATA'] ?? defaultDataFolder(process.platform, env)),
  central: values.central ?? env['ANTEROOM_CENTRAL_URL'] ?? null,
  desk: values.desk?.trim() || DEFAULT_DESK,
  insecureKeyFile: values['insecure-key-file'] ?? false,
});

const parsePort = (text: string | undefined): number => {
  if (text === undefined) return 0;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Explained(`--port takes a number from 0 to 65535, and not "${text}"; 0 takes any free port.`);
};

/** Where each operating system wants an app's data. */
export const defaultDataFolder = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string => {
  const home = env['HOME'] || homedir();
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData/Local'), 'Anteroom');
  if (platform === 'darwin') return join(home, 'Library/Application Support/Anteroom');
  return join(env['XDG_DATA_HOME'] || join(home, '.local/share'), 'anteroom');
};
