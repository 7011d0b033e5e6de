import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { CrashReport } from '../contract/diagnostics.ts';
import { appVersion } from '../core/version.ts';

/** What differs from one report to the next. */
export type Fault = Pick<CrashReport, 'part' | 'fault' | 'code' | 'frames'>;

const NEW = '.new.json';
const SEEN = '.json';
const NAME = /^crash-[\w-]+(\.new)?\.json$/;
/** A desk that fails again and again keeps the last of them. */
const MOST_REPORTS = 20;

/** Crash reports as files, each told by its name to be new or seen. A disk that takes none costs the report. */
export class CrashReports {
  readonly #folder: string;
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Written at once, since the process may be about to end. */
  keep(fault: Fault, lines: readonly string[]): void {
    const at = new Date().toISOString();
    this.#count += 1;
    const id = `crash-${at.replaceAll(/[:.]/g, '-')}-${process.pid}-${this.#count}`;
    const report: CrashReport = {
      id,
      at,
      ...fault,
      version: appVersion,
      system: systemName(),
      ranMs: Math.round(process.uptime() * 1000),
      lines: [...lines],
    };
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(this.#folder, `${id}${NEW}`), JSON.stringify(report, null, 2), {
        mode: 0o600,
        flush: true,
      });
      for (const name of this.#names().slice(MOST_REPORTS)) rmSync(join(this.#folder, name), { force: true });
    } catch {
      // There is nothing left to say it to.
    }
  }

  /** Newest first; a file that is none any more is passed over. */
  list(): { report: CrashReport; isNew: boolean }[] {
    return this.#names().flatMap((name) => {
      const report = this.#read(name);
      return report ? [{ report, isNew: name.endsWith(NEW) }] : [];
    });
  }

  /** Those that are there were seen. */
  settle(): void {
    for (const name of this.#names().filter((name) => name.endsWith(NEW)))
      renameSync(join(this.#folder, name), join(this.#folder, name.replace(NEW, SEEN)));
  }

  /** Their names begin with their time. */
  #names(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => NAME.test(name))
        .sort()
        .reverse();
    } catch {
      return [];
    }
  }

  #read(name: string): CrashReport | null {
    try {
      return CrashReport.parse(JSON.parse(readFileSync(join(this.#folder, name), 'utf8')));
    } catch {
      return null;
    }
  }
}

const systemName = (): string => `${platform()} ${release()} ${arch()}, Node ${process.versions.node}`;
