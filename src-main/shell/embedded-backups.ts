import { mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Backup, BackupWork } from '../contract/backup.ts';
import { ok, type Result, refuse } from '../contract/errors.ts';
import { backUp } from '../core/central/backup/make.ts';
import type { BackupCode } from '../core/central/backup/problem.ts';
import { listBackups } from '../core/central/backup/records.ts';
import { check } from '../core/central/backup/restore.ts';
import type { DeskBackups } from '../core/desk-backups.ts';
import type { Log } from '../core/log.ts';

type Step = BackupWork['step'];

/** Backs up the embedded central of this PC for the desk that joined it. */
export class EmbeddedBackups implements DeskBackups {
  readonly #folder: string;
  readonly #url: string;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  #work: BackupWork | null = null;
  #running: Promise<void> | null = null;

  /** `folder` is that of the embedded central, `url` its owner's. */
  constructor(folder: string, url: string, log: Log) {
    this.#folder = folder;
    this.#url = url;
    this.#log = log;
  }

  async list(): Promise<Backup[]> {
    return (await listBackups(this.#url)).map(({ madeAt, bytes, checkedAt }) => ({
      madeAt: madeAt.toISOString(),
      bytes,
      checkedAt: checkedAt?.toISOString() ?? null,
    }));
  }

  work(): BackupWork | null {
    return this.#work;
  }

  async start(folder: string, passphrase: string): Promise<Result<Record<never, never>>> {
    if (this.#running) return refuse('backup_under_way');
    if (!isAbsolute(folder)) return refuse('folder_unusable', { folder });
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch {
      return refuse('folder_unusable', { folder });
    }
    if (this.#running) return refuse('backup_under_way');
    const file = join(folder, `anteroom-backup-${stamp()}.tar.gz.age`);
    this.#running = this.#run(file, passphrase).finally(() => {
      this.#running = null;
    });
    return ok({});
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops what is under way, which leaves nothing, and waits for that. */
  async close(): Promise<void> {
    this.#listeners.clear();
    this.#stop.abort();
    await this.#running;
  }

  async #run(file: string, passphrase: string): Promise<void> {
    const work = { folder: this.#folder, file, passphrase, signal: this.#stop.signal };
    try {
      this.#tell('copying', file);
      const made = await backUp({ ...work, onProgress: (percent) => this.#tell('copying', file, percent) });
      if (!made.ok) return this.#fail('failed', file, made.error.code);
      this.#tell('checking', file);
      const checked = await check({
        ...work,
        onProgress: (percent) => this.#tell('checking', file, percent),
      });
      if (!checked.ok) return this.#fail('unchecked', file, checked.error.code);
      this.#tell('done', file, 100);
    } catch (fault) {
      this.#log.error('backup failed', { fault: fault instanceof Error ? fault.name : typeof fault });
      this.#fail('failed', file, 'failed');
    }
  }

  #fail(step: Step, file: string, code: BackupCode): void {
    this.#log.error('backup failed', { step, code });
    this.#tell(step, file, 0, problems[code] ?? 'failed');
  }

  #tell(step: Step, file: string, percent = 0, problem: BackupWork['problem'] = null): void {
    const { step: before, percent: was } = this.#work ?? {};
    this.#work = { step, percent, file, problem };
    if (step === before && percent === was) return;
    for (const listener of this.#listeners) listener();
  }
}

const problems: Partial<Record<BackupCode, BackupWork['problem']>> = {
  disk_full: 'disk_full',
  folder_unreadable: 'folder_unusable',
  no_file: 'folder_unusable',
  file_exists: 'folder_unusable',
  under_way: 'under_way',
  damaged: 'damaged',
};

/** By this computer's clock: whoever looks for a backup knows the day. */
const stamp = (): string => {
  const now = new Date();
  const parts = [
    now.getFullYear(),
    now.getMonth() + 1,
    now.getDate(),
    now.getHours(),
    now.getMinutes(),
    now.getSeconds(),
  ];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
};
