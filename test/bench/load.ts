import { type DeskLine, openLines } from './load/desk-line.ts';
import { type DeskWork, plainWrites } from './load/plain.ts';
import { makeWork } from './load/work.ts';
import { type BenchResult, round, spreadOf } from './result.ts';
import { newDesk, type Setting, say } from './setting.ts';

const CLINICS = 4;
const DESKS = 50;
const VISITS_OF_A_DESK = 4;

/**
 * 200 desks of four clinics at one central, each sending one change after the other as fast as central answers and
 * reading what the others of its clinic did. The limit is the same row writes in plain SQL by as many connections, taken
 * before, while the rows are as the desks found them.
 */
export const load = async (setting: Setting): Promise<BenchResult> => {
  say(`Making ${CLINICS} clinics and the work of their desks …`);
  const clinics = await setting.otherClinics(
    Array.from({ length: CLINICS }, (_, n) => ({ patients: 500, appointments: 1500, seed: n + 1 })),
  );
  const desks: DeskWork[] = [];
  for (const clinic of clinics) {
    const visits = await makeWork(await setting.replicaOf(clinic), DESKS * VISITS_OF_A_DESK);
    for (let n = 0; n < DESKS; n += 1) {
      desks.push({ clinic, works: visits.filter((_, visit) => visit % DESKS === n).flat() });
    }
  }
  const ownerUrl = String(clinics[0]?.ownerUrl);
  const changes = desks.flatMap(({ works }) => works).length;
  say(`Writing the rows of ${changes} changes in plain SQL …`);
  const plainMs = await plainWrites(ownerUrl, desks);
  say(`Sending them from ${desks.length} desks …`);
  const traffic = await mixedTraffic(desks);
  const [rate, limit] = [(changes / traffic.ms) * 1000, (changes / plainMs) * 1000];
  const sent = spreadOf(traffic.times);
  return {
    bench: 'load',
    n: changes,
    p50_ms: round(sent.p50),
    p99_ms: round(sent.p99),
    limit: round(limit),
    limit_is: 'changes/s of the same row writes in plain SQL, by as many connections',
    ratio: round(rate / limit),
    goal: 'every change applied, ratio at least 0.5',
    met: rate / limit >= 0.5,
    measured: `${desks.length} desks: ${round(rate)} changes/s, each read by the ${DESKS - 1} others of its clinic; none refused`,
    more: {
      changes_per_s: round(rate),
      desks: desks.length,
      clinics: CLINICS,
      rows_read_per_s: round((traffic.rowsRead / traffic.ms) * 1000),
      max_ms: round(sent.max),
    },
  };
};

/** Answers when everybody has sent and has read all of it: the time in all, that of each push, and the rows that were read. */
const mixedTraffic = async (
  desks: readonly DeskWork[],
): Promise<{ ms: number; times: number[]; rowsRead: number }> => {
  const urls: string[] = [];
  for (const { clinic } of desks) urls.push(await newDesk(clinic));
  const lines = await openLines(urls);
  const times: number[] = [];
  let rowsRead = 0;
  const work = async (line: DeskLine, { works }: DeskWork): Promise<void> => {
    for (const one of works) {
      const begun = performance.now();
      await line.send([one]);
      times.push(performance.now() - begun);
      rowsRead += await line.read();
    }
  };
  const start = performance.now();
  await Promise.all(lines.map((line, n) => work(line, desks[n] as DeskWork)));
  for (const line of lines) rowsRead += await line.read();
  const ms = performance.now() - start;
  await Promise.all(lines.map((line) => line.close()));
  return { ms, times, rowsRead };
};
