import { setImmediate as nextTurn } from 'node:timers/promises';
import { random } from '../../../src-main/core/sample/random.ts';
import { openOffline } from '../desk.ts';
import { openLines } from '../load/desk-line.ts';
import { makeWork, type Work } from '../load/work.ts';
import { spreadOf, timed } from '../result.ts';
import { type BenchClinic, type BenchReplica, newDesk, type Setting, say } from '../setting.ts';
import type { Series } from './exponent.ts';

const ASKED = 200;
const VISITS = 40;
/** Of the large clinic. The smallest one's days are as full, so that its board shows as much. */
const shares = [0.003, 0.03, 0.3, 1];

/** What grows with the rows of a clinic, up to the large one: sizes are the rows that a replica holds. */
export const growthByRows = async (setting: Setting): Promise<Series[]> => {
  const found = new Map<string, Series['points']>();
  for (const share of shares) {
    const { clinic, replica } = await clinicOf(setting, share);
    say(`Measuring a clinic of ${replica.report.rows} rows …`);
    const times = {
      'first-sync': replica.report.ms,
      ...(await answers(replica)),
      ...(await exchange(clinic, await makeWork(replica, VISITS))),
    };
    for (const [what, ms] of Object.entries(times)) {
      found.set(what, [...(found.get(what) ?? []), { size: replica.report.rows, ms }]);
    }
  }
  return [...found].map(([what, points]) => ({ what, points }));
};

const clinicOf = async (
  setting: Setting,
  share: number,
): Promise<{ clinic: BenchClinic; replica: BenchReplica }> => {
  if (share === 1) return { clinic: await setting.clinic(), replica: await setting.replica() };
  const of = (number: number) => Math.round(number * share);
  const { patients, appointments } = setting.sizes;
  const clinic = await setting.otherClinic({ patients: of(patients), appointments: of(appointments) });
  return { clinic, replica: await setting.replicaOf(clinic) };
};

/** The middle time of a board and of a search, in milliseconds. */
const answers = async (replica: BenchReplica): Promise<{ board: number; search: number }> => {
  const desk = await openOffline(replica);
  const source = random(1);
  const [location] = await desk.ask('locations', {});
  const boards: number[] = [];
  const searches: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const date = new Date(Date.now() + ((n % 20) - 10) * 86_400_000).toISOString().slice(0, 10);
    boards.push(await timed(() => desk.ask('daySchedule', { date, locationId: location?.id ?? '' })));
    const text = source.pick(['pa', 'mar', 'γε', 'nik', 'παπ', 'ko', 'gior', 'αλε']);
    searches.push(await timed(() => desk.ask('findPatient', { text })));
    await nextTurn();
  }
  await desk.close();
  return { board: spreadOf(boards).p50, search: spreadOf(searches).p50 };
};

/** The middle time of a push of one change, and of another desk's reading it, in milliseconds. */
const exchange = async (
  clinic: BenchClinic,
  visits: readonly (readonly Work[])[],
): Promise<{ push: number; pull: number }> => {
  const [sender, reader] = await openLines([await newDesk(clinic), await newDesk(clinic)]);
  if (!sender || !reader) throw new Error('no desks');
  const pushes: number[] = [];
  const pulls: number[] = [];
  for (const work of visits.flat()) {
    pushes.push(await timed(() => sender.send([work])));
    pulls.push(await timed(() => reader.read()));
  }
  await Promise.all([sender.close(), reader.close()]);
  return { push: spreadOf(pushes.slice(5)).p50, pull: spreadOf(pulls.slice(5)).p50 };
};
