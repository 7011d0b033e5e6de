import { spawnSync } from 'node:child_process';
import { type BenchResult, round, spreadOf } from './result.ts';
import { newDesk, type Setting, say } from './setting.ts';
import { startBrowser, startShell, untilSynced } from './shell.ts';

const STARTS = 5;

/** From the start of the web shell's process until the board stands in the browser, with the large replica. */
export const start = async (setting: Setting): Promise<BenchResult> => {
  const clinic = await setting.clinic();
  const url = await newDesk(clinic);
  const data = setting.folder();
  say('Filling the replica of the desk that will be started …');
  const first = await startShell(data, url);
  await untilSynced(first);
  await first.stop();

  const browser = await startBrowser();
  const shells: number[] = [];
  const boards: number[] = [];
  const bare: number[] = [];
  try {
    for (let n = 0; n < STARTS; n += 1) {
      bare.push(bareNode());
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
      const page = await context.newPage();
      const shell = await startShell(data, url);
      shells.push(shell.ms);
      const begun = performance.now();
      await page.goto(shell.url);
      await page.locator('[data-card]').first().waitFor();
      boards.push(performance.now() - begun);
      await context.close();
      await shell.stop();
    }
  } finally {
    await browser.close();
  }
  const [shell, board, node] = [spreadOf(shells), spreadOf(boards), spreadOf(bare)];
  return {
    bench: 'start',
    n: STARTS,
    p50_ms: round(board.p50),
    p99_ms: round(board.max),
    limit: round(node.p50),
    limit_is: 'ms of a Node process that does nothing',
    ratio: round((shell.p50 + board.p50) / node.p50),
    goal: "board within 1 s of the shell's own start",
    met: board.p50 < 1000,
    measured: `board ${round(board.p50)} ms after the shell's own ${round(shell.p50)} ms`,
    more: {
      appointments: setting.sizes.appointments,
      shell_p50_ms: round(shell.p50),
      whole_p50_ms: round(shell.p50 + board.p50),
    },
  };
};

const bareNode = (): number => {
  const begun = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begun;
};
