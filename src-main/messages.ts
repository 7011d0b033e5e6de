import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { askAtTerminal } from './commands/terminal.ts';
import type { ImportProblem } from './contract/message.ts';
import { Explained } from './core/explained.ts';
import { stderrLog } from './core/log.ts';
import { type CallDesk, exportLines, importLines } from './shell/message-lines.ts';
import { openDesk } from './shell/open-desk.ts';
import { webOptions } from './shell/options.ts';
import { atSeat } from './shell/seat-by-hand.ts';

const usage = `Usage: npm run messages -- COMMAND FILE …

  import FILE    take the lines that mongoexport wrote of the collection messages, relaxed or canonical
  export FILE    write every message as such a line; what was imported comes out as it came in

with the options of the desk, which must not be open elsewhere: --data DIR --desk NAME --central URL
--insecure-key-file. Where people sign in, it asks who you are.
`;

/** `messages`: documents of clinic-schema in and out, by way of a desk. A line that was not taken sets exit code 1. */
export const main = async ([command = '', file = '', ...args]: string[]): Promise<void> => {
  const run = command === 'import' ? importFile : command === 'export' ? exportFile : undefined;
  if (!run || file === '' || file.startsWith('--')) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const desk = await openDesk(webOptions(args), stderrLog);
  try {
    await untilFilled(desk);
    await run(await atSeat(desk, askAtTerminal), file);
  } finally {
    await desk.close();
  }
};

const importFile = async (desk: CallDesk, path: string): Promise<void> => {
  const source = createReadStream(path);
  const { imported, known, problems } = await importLines(desk, source, tellProblem).catch(explainFile(path));
  process.stderr.write(`${imported} taken, ${known} were here already, ${problems} not taken\n`);
  if (problems > 0) process.exitCode = 1;
  await untilSent(desk);
};

const exportFile = async (desk: CallDesk, path: string): Promise<void> => {
  // Messages are for nobody else on this computer.
  const file = await open(path, 'w', 0o600).catch(explainFile(path));
  try {
    const count = await exportLines(desk, async (lines) => void (await file.write(lines)));
    process.stderr.write(`${count} written\n`);
  } finally {
    await file.close();
  }
};

const explainFile =
  (path: string) =>
  (fault: unknown): never => {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    if (!/^E[A-Z]+$/.test(code)) throw fault;
    throw new Explained(`The file ${path} cannot be used (${code}).`);
  };

const reasons: Record<ImportProblem['why'], (what: string) => string> = {
  not_json: (what) => `this is no Extended JSON document (${what})`,
  no_id: () => 'the document has no _id, so it could not be told from itself the next time',
  no_thread: () => 'the document has no thread_id',
  bad_field: (what) => `the field ${what} is not of its kind`,
  too_long: (what) => `${what} is too long`,
  too_deep: (what) => `it nests deeper than ${what} levels`,
  differs: (what) => `a message with the _id ${what} is here already and says something else; it was left`,
};

const tellProblem = ({ line, why, what }: ImportProblem): void =>
  void process.stderr.write(`line ${line}: ${reasons[why](what)}\n`);

const POLL_MS = 200;
const FILL_LIMIT_MS = 10 * 60_000;
const SEND_LIMIT_MS = 60_000;

/** Waits for a first sync, if the desk is new. */
const untilFilled = async (desk: CallDesk): Promise<void> => {
  for (const until = Date.now() + FILL_LIMIT_MS; Date.now() < until; await pause(POLL_MS)) {
    const answer = await desk.dispatch('unreadMessages', {});
    if (answer.ok || answer.error.code !== 'not_ready') return;
  }
  throw new Explained('This desk has not been filled by its central. Check the connection and try again.');
};

/** Waits until what was taken has gone to central; without a connection it goes when the desk is next opened. */
const untilSent = async (desk: CallDesk): Promise<void> => {
  for (const until = Date.now() + SEND_LIMIT_MS; Date.now() < until; await pause(POLL_MS)) {
    const state = await desk.dispatch('syncState', {});
    const { phase, waiting } = (state.ok ? state.value : {}) as { phase?: string; waiting?: number };
    if (waiting === 0) return;
    if (phase !== 'sending' && phase !== 'online') break;
  }
  process.stderr.write('Not everything has reached central yet; it goes on when this desk is open.\n');
};
