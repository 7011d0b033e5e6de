import { setImmediate as nextTurn } from 'node:timers/promises';
import { random } from '../../../src-main/core/sample/random.ts';
import { defaultSizes } from '../../../src-main/core/sample/sizes.ts';
import { openOffline } from '../desk.ts';
import { openLines } from '../load/desk-line.ts';
import { makeWork, type Work } from '../load/work.ts';
import { spreadOf, timed } from '../result.ts';
import { type BenchClinic, type BenchReplica, newDesk, type Setting, say } from '../setting.ts';
import type { Series } from './exponent.ts';

const ASKED = 200;
/** Around today, each asked for again and again. */
const DAYS = 20;
const VISITS = 40;
/** Of the large clinic; the last has over 3,000,000 rows. */
const shares = [0.003, 0.03, 0.3, 1, 2.4];

/** What grows with the rows of a clinic: sizes are the rows that a replica holds. */
export const growthByRows = async (setting: Setting): Promise<Series[]> => {
  const found = new Map<string, Series['points']>();
  for (const share of shares) {
    const clinic = await clinicOf(setting, share);
    const plain = await setting.plainCopyOf(clinic);
    const replica = share === 1 ? await setting.replica() : await setting.replicaOf(clinic);
    say(`Measuring a clinic of ${replica.report.rows} rows …`);
    const times = {
      'first-sync': replica.report.ms,
      'first-sync, its limit': plain.ms,
      ...(await answers(replica)),
      ...(await exchange(clinic, await makeWork(replica, VISITS))),
    };
    for (const [what, ms] of Object.entries(times)) {
      found.set(what, [...(found.get(what) ?? []), { size: replica.report.rows, ms }]);
    }
  }
  return [...found].map(([what, points]) => ({ what, points }));
};

const clinicOf = async (setting: Setting, share: number): Promise<BenchClinic> => {
  if (share === 1) return setting.clinic();
  const of = (number: number) => Math.round(number * share);
  const { patients, appointments } = setting.sizes;
  // A sample's history begins in 2000 at the earliest: more than the large clinic's needs more doctors.
  const doctors = Math.ceil(defaultSizes('').doctors * Math.max(1, share));
  return setting.otherClinic({ patients: of(patients), appointments: of(appointments), doctors });
};

/**
 * The middle time of a search, and the time of boards for each 100 appointments on them, since a clinic of more doctors
 * has fuller days. In milliseconds.
 */
const answers = async (
  replica: BenchReplica,
): Promise<{ 'board, 100 appointments': number; search: number }> => {
  const desk = await openOffline(replica);
  const source = random(1);
  const [location] = await desk.ask('locations', {});
  const boards: { ms: number; shown: number }[] = [];
  const searches: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const date = new Date(Date.now() + ((n % DAYS) - DAYS / 2) * 86_400_000).toISOString().slice(0, 10);
    let shown = 0;
    const ms = await timed(async () => {
      shown = (await desk.ask('daySchedule', { date, locationId: location?.id ?? '' })).appointments.length;
    });
    boards.push({ ms, shown });
    const text = source.pick(['pa', 'mar', 'γε', 'nik', 'παπ', 'ko', 'gior', 'αλε']);
    searches.push(await timed(() => desk.ask('findPatient', { text })));
    await nextTurn();
  }
  await desk.close();
  const warm = boards.slice(DAYS);
  const sum = (of: (one: (typeof boards)[number]) => number) => warm.reduce((all, one) => all + of(one), 0);
  const board = sum(({ ms }) => ms) / (sum(({ shown }) => shown) / 100);
  return { 'board, 100 appointments': board, search: spreadOf(searches).p50 };
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
