import { setTimeout as pause } from 'node:timers/promises';
import { type DeskLine, openLines } from '../load/desk-line.ts';
import { makeWork, type Work } from '../load/work.ts';
import { spreadOf } from '../result.ts';
import { newDesk, type Setting, say } from '../setting.ts';
import type { Series } from './exponent.ts';

const CROWDS = [1, 10, 100, 500];
const CHANGES = 25;

/**
 * What grows with the desks of one clinic that are connected at once: a push, and the time until each of the others has
 * read it, which is work for each of them on this one machine.
 */
export const growthByDesks = async (setting: Setting): Promise<Series[]> => {
  const most = Math.max(...CROWDS);
  const clinic = await setting.crowdedClinic(most + 50);
  const works = (await makeWork(await setting.replicaOf(clinic), CHANGES * CROWDS.length)).flat();
  const [sender] = await openLines([await newDesk(clinic)]);
  if (!sender) throw new Error('no desk');
  const pushed: Series = { what: 'push', points: [] };
  const everywhere: Series = { what: 'commit → read by every desk', points: [] };
  const crowd: DeskLine[] = [];
  for (const [n, size] of CROWDS.entries()) {
    say(`Connecting ${size} desks …`);
    const urls: string[] = [];
    while (crowd.length + urls.length < size) urls.push(await newDesk(clinic));
    crowd.push(...(await openLines(urls)));
    const times = await pass(sender, crowd, works.slice(n * CHANGES, (n + 1) * CHANGES));
    pushed.points.push({ size, ms: spreadOf(times.push).p50 });
    everywhere.points.push({ size, ms: spreadOf(times.read).p50 });
  }
  await Promise.all([sender, ...crowd].map((line) => line.close()));
  return [pushed, everywhere];
};

const pass = async (
  sender: DeskLine,
  crowd: readonly DeskLine[],
  works: readonly Work[],
): Promise<{ push: number[]; read: number[] }> => {
  const push: number[] = [];
  const read: number[] = [];
  for (const work of works) {
    const start = performance.now();
    const all = crowd.map(async (line) => {
      await line.notice();
      await line.read();
    });
    const sent = sender.send([work]).then(() => push.push(performance.now() - start));
    await Promise.all([sent, ...all]);
    read.push(performance.now() - start);
    await pause(20);
  }
  return { push, read };
};
