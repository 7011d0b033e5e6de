import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import { until } from '../support/until.ts';
import { type FullDay, fillDay } from './full-day.ts';
import { installProbes, type Opened, rawBoard, rawMove } from './page-probes.ts';
import { type BenchResult, round, spreadOf } from './result.ts';
import { newDesk, type Setting, say } from './setting.ts';
import { type Shell, startBrowser, startShell, untilSynced } from './shell.ts';

const DOCTORS = 30;
const APPOINTMENTS = 800;
const OPENINGS = 12;
/** Longer than the board waits before it reads ahead, and what that takes. */
const AT_REST_MS = 1200;
const CHANGES = 40;
const MOVES = 40;
/** A frame at 60 Hz, and a little for the clock. */
const FRAME_MS = 18;

/** The day board with 30 doctors and 800 appointments in a real browser: open the day, a live change, a move by key. */
export const board = async (setting: Setting): Promise<BenchResult> => {
  const clinic = await setting.otherClinic({ patients: 2000, appointments: 600, doctors: 76 });
  const day = await fillDay(clinic, DOCTORS, APPOINTMENTS);
  const url = await newDesk(clinic);
  const shell = await startShell(setting.folder(), url);
  const browser = await startBrowser();
  try {
    await untilSynced(shell);
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const page = await context.newPage();
    await installProbes(page);
    await page.goto(shell.url);
    await page.locator('[data-card]').first().waitFor();
    say(`Opening ${day.date} with ${day.appointments} appointments of ${day.doctors} doctors …`);
    await turnTo(page, day);
    const raw = await rawLimits(await context.newPage(), day.doctors, day.appointments);
    await page.bringToFront();
    const ahead = await openings(page, day.appointments, async () => {});
    const opens = await openings(page, day.appointments, forgetting(shell, await appointmentsOf(shell, day)));
    const opened = spreadOf(opens.map(({ inView }) => inView));
    const changed = await liveChanges(page, shell, await appointmentsOf(shell, day));
    const moved = spreadOf(await moves(page));
    const [drawn, whole] = [spreadOf(changed.drawn), spreadOf(changed.whole)];
    return {
      bench: 'board',
      n: day.appointments,
      p50_ms: round(opened.p50),
      p99_ms: round(opened.max),
      limit: round(raw.mount),
      limit_is: 'ms until the same number of plain positioned elements stands in the same browser',
      ratio: round(opened.p50 / raw.mount),
      goal: 'open (what is in view, nothing of it read ahead) 100 ms, a live change drawn in 16 ms, a move by key in one frame',
      met: opened.p50 < 100 && drawn.p50 < 16 && moved.p50 < FRAME_MS,
      measured: [
        `${round(opened.p50)} ms until what is in view stands`,
        `a live change drawn in ${round(drawn.p50)} ms`,
        `a move by key in ${round(moved.p50)} ms (p50)`,
      ].join('; '),
      more: {
        doctors: day.doctors,
        open_answer_p50_ms: round(spreadOf(opens.map(({ answer }) => answer)).p50),
        open_read_ahead_p50_ms: round(spreadOf(ahead.map(({ inView }) => inView)).p50),
        open_all_columns_p50_ms: round(spreadOf(opens.map(({ whole }) => whole)).p50),
        live_draw_p50_ms: round(drawn.p50),
        live_draw_p99_ms: round(drawn.p99),
        live_whole_p50_ms: round(whole.p50),
        key_frame_p50_ms: round(moved.p50),
        key_frame_p99_ms: round(moved.p99),
        limit_key_frame_ms: round(raw.move),
      },
    };
  } finally {
    await browser.close();
    await shell.stop();
  }
};

/** Turns day by day from today to the full one, and waits until all of it stands there. */
const turnTo = async (page: Page, { date, appointments }: FullDay): Promise<void> => {
  const { days } = Temporal.Now.plainDateISO('Europe/Athens').until(date);
  for (let n = 0; n < days; n += 1) {
    await page.evaluate(() => window.probes.press('ArrowRight'));
    await page.waitForTimeout(500);
  }
  await until(
    'the full day stands on the board',
    async () => (await page.locator('[data-card]').count()) >= appointments,
  );
};

/** Opens the full day from the day before, which stood there long enough for its neighbours to be read ahead. */
const openings = async (page: Page, cards: number, before: () => Promise<unknown>): Promise<Opened[]> => {
  const times: Opened[] = [];
  for (let n = 0; n < OPENINGS; n += 1) {
    await page.evaluate((count) => window.probes.until('ArrowLeft', (cards) => cards < count), cards);
    await page.waitForTimeout(AT_REST_MS);
    await before();
    times.push(
      await page.evaluate((count) => window.probes.until('ArrowRight', (cards) => cards >= count), cards),
    );
    await page.waitForTimeout(AT_REST_MS);
  }
  return times.slice(2);
};

/** A change, after which the page has nothing of the full day: what it read ahead is no longer so. */
const forgetting = (shell: Shell, appointments: readonly { id: string }[]) => {
  let durationMinutes = 15;
  return async (): Promise<void> => {
    durationMinutes = durationMinutes === 15 ? 10 : 15;
    await shell.ask('resize', { appointmentId: appointments.at(-1)?.id, durationMinutes });
    await pause(AT_REST_MS);
  };
};

const appointmentsOf = async (shell: Shell, { date, locationId }: FullDay): Promise<{ id: string }[]> => {
  const schedule = await shell.ask('daySchedule', { date, locationId });
  return (schedule as { appointments: { id: string }[] }).appointments;
};

/** Changes of the core that this page did not make, as another desk's would come: from the event to the card. */
const liveChanges = async (page: Page, shell: Shell, appointments: readonly { id: string }[]) => {
  const drawn: number[] = [];
  const whole: number[] = [];
  for (let n = 0; n < CHANGES; n += 1) {
    const { id } = appointments[n * 7] ?? { id: '' };
    await page.evaluate((card) => window.probes.watch(card), id);
    await shell.ask('resize', { appointmentId: id, durationMinutes: 10 });
    const seen = await until('the card changed', () => page.evaluate(() => window.probes.seen()));
    drawn.push(seen.drawn);
    whole.push(seen.whole);
    await page.waitForTimeout(150);
  }
  return { drawn: drawn.slice(3), whole: whole.slice(3) };
};

/** An arrow key on the board, again and again: how long the frame takes that shows it. */
const moves = async (page: Page): Promise<number[]> => {
  await page.evaluate(() => window.probes.press('ArrowDown'));
  const times: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    times.push(
      await page.evaluate((key) => window.probes.frame(key), n % 8 < 4 ? 'ArrowDown' : 'ArrowRight'),
    );
  }
  return times.slice(3);
};

const rawLimits = async (
  page: Page,
  columns: number,
  cards: number,
): Promise<{ mount: number; move: number }> => {
  await page.bringToFront();
  const mounts: number[] = [];
  for (let n = 0; n < 7; n += 1) mounts.push(await page.evaluate(rawBoard, { columns, cards }));
  const frames: number[] = [];
  for (let n = 0; n < 20; n += 1) frames.push(await page.evaluate(rawMove));
  await page.close();
  return { mount: spreadOf(mounts.slice(1)).p50, move: spreadOf(frames).p50 };
};
