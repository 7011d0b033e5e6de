import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { addDesk, initCentral, listClinics } from '../../src-main/core/central/admin.ts';
import { startEmbedded } from '../../src-main/core/central/embedded.ts';
import { loadSample } from '../../src-main/core/sample/load.ts';
import type { SampleSizes } from '../../src-main/core/sample/sizes.ts';

export interface BenchClinic {
  ownerUrl: string;
  clinicId: string;
}
export interface SyncedReplica {
  file: string;
  key: Buffer;
}
/** A replica of a bench's clinic: as whom its desk logs in, and how the first sync went. */
export interface BenchReplica extends SyncedReplica {
  url: string;
  report: FillReport;
}
/** What a process that filled a replica says of it. */
export interface FillReport {
  ms: number;
  rows: number;
  /** The most memory that the process had at once. */
  rssMb: number;
  /** The longest that its event loop stood still. */
  stallMs: number;
}

/** What benches share: one central with a large clinic, and a replica of it. Made when first asked for. */
export class Setting {
  readonly sizes: Pick<SampleSizes, 'patients' | 'appointments' | 'seed'>;
  readonly #folder: string;
  readonly #kept: boolean;
  readonly #closing: (() => Promise<void>)[] = [];
  #server: Promise<string> | undefined;
  #clinic: Promise<BenchClinic> | undefined;
  #replica: Promise<BenchReplica> | undefined;

  /** `data` keeps the central for the next run; without it everything is thrown away. */
  constructor(sizes: Setting['sizes'], data: string | undefined) {
    this.sizes = sizes;
    this.#kept = data !== undefined;
    this.#folder = data ?? this.folder();
  }

  /** A folder that goes at the end. */
  folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'anteroom-bench-'));
    // As root, Postgres runs as another user, who must get through.
    chmodSync(path, 0o711);
    this.#closing.push(async () => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** The large clinic; loaded unless the kept central has a sample already. */
  clinic(): Promise<BenchClinic> {
    this.#clinic ??= this.#makeClinic();
    return this.#clinic;
  }

  /** A clinic of other sizes in a database of its own. */
  async otherClinic(sizes: Partial<SampleSizes>): Promise<BenchClinic> {
    const [clinic] = await this.otherClinics([sizes]);
    if (!clinic) throw new Error('no clinic was made');
    return clinic;
  }

  /** Clinics of other sizes, each of a seed of its own, that share a database of their own. */
  async otherClinics(sizes: readonly Partial<SampleSizes>[]): Promise<BenchClinic[]> {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    const server = await this.#startServer();
    await withOwner(server, `create database ${name}`);
    this.#closing.push(() => withOwner(server, `drop database ${name} with (force)`));
    const url = new URL(server);
    url.pathname = `/${name}`;
    value(await initCentral(url.href));
    const clinics: BenchClinic[] = [];
    for (const one of sizes) {
      clinics.push({ ownerUrl: url.href, clinicId: (await loadSample(url.href, one)).clinicId });
    }
    return clinics;
  }

  /** The large clinic's replica as a first sync left it, and how that went. */
  replica(): Promise<BenchReplica> {
    this.#replica ??= (async () => {
      const clinic = await this.clinic();
      say(`Filling a replica of ${this.sizes.appointments} appointments …`);
      return this.replicaOf(clinic);
    })();
    return this.#replica;
  }

  /** A replica of a clinic as a first sync by a new desk leaves it. */
  async replicaOf(clinic: BenchClinic): Promise<BenchReplica> {
    const key = randomBytes(32);
    const file = join(this.folder(), 'replica.db');
    const url = await newDesk(clinic);
    const report = await fill('desk', [url, file, key.toString('hex')]);
    return { file, key, url, report };
  }

  /** A clinic copied into plain SQLite: the limit of a first sync. */
  async plainCopyOf({ ownerUrl, clinicId }: BenchClinic): Promise<FillReport> {
    return fill('plain', [ownerUrl, clinicId, join(this.folder(), 'plain.db')]);
  }

  /** Ends and removes what was made; a step that fails does not keep the others from it. */
  async close(): Promise<void> {
    const faults: unknown[] = [];
    for (const step of this.#closing.reverse()) await step().catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw faults[0];
  }

  /** A small clinic on a server of its own that takes so many connections. */
  async crowdedClinic(connections: number): Promise<BenchClinic> {
    const options = { folder: join(this.folder(), 'central') };
    const before = value(await startEmbedded(options));
    await withOwner(before.url, `alter system set max_connections = ${connections}`);
    await before.stop();
    const embedded = value(await startEmbedded(options));
    this.#closing.push(() => embedded.stop());
    value(await initCentral(embedded.url));
    const { clinicId } = await loadSample(embedded.url, { patients: 500, appointments: 1500 });
    return { ownerUrl: embedded.url, clinicId };
  }

  async #makeClinic(): Promise<BenchClinic> {
    const ownerUrl = await this.#startServer();
    value(await initCentral(ownerUrl));
    const there = value(await listClinics(ownerUrl)).find((clinic) => clinic.isSample);
    if (there && this.#kept) return { ownerUrl, clinicId: there.id };
    say(`Loading ${this.sizes.patients} patients and ${this.sizes.appointments} appointments into central …`);
    const { clinicId } = await loadSample(ownerUrl, this.sizes);
    return { ownerUrl, clinicId };
  }

  #startServer(): Promise<string> {
    this.#server ??= (async () => {
      const embedded = value(await startEmbedded({ folder: join(this.#folder, 'central') }));
      this.#closing.push(() => embedded.stop());
      return embedded.url;
    })();
    return this.#server;
  }
}

/** Adds a desk to a clinic; answers its own connection URL. */
export const newDesk = async ({ ownerUrl, clinicId }: BenchClinic): Promise<string> => {
  const name = `Bench ${randomBytes(4).toString('hex')}`;
  return value(await addDesk(ownerUrl, { clinicId, name })).url;
};

/** Fills a file in a process of its own: as a desk does (`desk`), or the plainest way (`plain`). */
export const fill = (how: 'desk' | 'plain', args: string[]): Promise<FillReport> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./fill.mjs', import.meta.url), [
      new URL(`./fill-${how}.ts`, import.meta.url).href,
      ...args,
    ]);
    child.on('message', (report) => resolve(report as FillReport));
    child.on('exit', (code) => reject(new Error(`fill-${how} ended with ${code}`)));
  });

/** For the person who waits; results go to standard output. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

const withOwner = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

const value = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
};
