import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchResult, figure, round, spreadOf } from '../result.ts';
import { type BenchClinic, type FillReport, fill, newDesk, type Setting, say } from '../setting.ts';
import { installPeer, type PeerName, type PeerReport, peers, startPeer } from './peer.ts';
import { writeRows, writeSchema } from './rows.ts';

const ROUNDS = 3;

/** First syncs of the same rows by Anteroom and by a peer, in turn; of a clinic that suits the peer unless sizes are given. */
export const firstSyncAgainst = async (
  setting: Setting,
  name: PeerName,
  sizes: Partial<Setting['sizes']> = {},
): Promise<BenchResult> => {
  const peer = peers[name];
  await installPeer(name);
  const clinic = await setting.otherClinic({ ...peer.sizes, ...sizes });
  const folder = setting.folder();
  const [rowsFile, schemaFile] = [join(folder, 'rows.jsonl'), join(folder, 'schema.json')];
  say(`Filling the server of ${name} …`);
  const rows = await writeRows(clinic, rowsFile);
  writeSchema(schemaFile);
  const server = await startPeer(name, { rowsFile, folder: made(folder, 'server') });
  const ours: FillReport[] = [];
  const theirs: PeerReport[] = [];
  try {
    for (let n = 0; n < ROUNDS; n += 1) {
      say(`Round ${n + 1} of ${ROUNDS} …`);
      ours.push(await syncDesk(clinic, join(folder, `replica-${n}.db`)));
      theirs.push(await server.sync(made(folder, `peer-${n}`), schemaFile));
    }
  } finally {
    await server.stop();
  }
  for (const report of theirs) {
    if (report.rows !== rows) throw new Error(`${name} has ${report.rows} of ${rows} rows`);
  }
  const middle = (reports: readonly { ms: number; rows: number }[]) =>
    spreadOf(reports.map((report) => (report.rows / report.ms) * 1000)).p50;
  const [our, their] = [middle(ours), middle(theirs)];
  const withoutIndexes = theirs.flatMap(({ rowsMs, rows }) => (rowsMs ? [{ ms: rowsMs, rows }] : []));
  return {
    bench: `first-sync against ${name}`,
    n: rows,
    rows_per_s: round(our),
    limit: round(their),
    limit_is: `rows/s of ${peer.is}`,
    ratio: round(our / their),
    goal: `ratio ${peer.goal}`,
    met: our / their >= peer.goal,
    measured: `${figure(our)} rows/s`,
    more: {
      ...(withoutIndexes.length > 0
        ? {
            peer_without_indexes_rows_per_s: round(middle(withoutIndexes)),
            ratio_without_its_indexes: round(our / middle(withoutIndexes)),
          }
        : {}),
      memory_mb: Math.round(Math.max(...ours.map(({ rssMb }) => rssMb))),
      peer_memory_mb: Math.round(Math.max(...theirs.map(({ rssMb }) => rssMb))),
      rounds: ROUNDS,
    },
  };
};

const syncDesk = async (clinic: BenchClinic, file: string): Promise<FillReport> =>
  fill('desk', [await newDesk(clinic), file, randomBytes(32).toString('hex')]);

const made = (folder: string, name: string): string => {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
};
