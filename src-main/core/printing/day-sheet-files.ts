import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { DaySheet, DaySheetFiles } from '../../contract/printing.ts';
import { dayOf } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { fold } from '../fold.ts';
import { letOthersGo } from '../let-others-go.ts';
import type { Log } from '../log.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import { readDaySheet } from './day-sheet.ts';
import type { DaySheetNews, DaySheetTask } from './day-sheet-worker.ts';

const SETTING = 'day_sheet_files';
/** Yesterday's sheet stays for whoever looks things up in the morning. */
const KEPT_DAYS = 1;

/** What stands in `desk_settings`; a value of another shape counts as not set. */
const Setting = z.object({
  on: z.boolean(),
  folder: z.string().nullable(),
  everyMinutes: z.int().min(1).max(60),
  language: z.enum(['en', 'el']),
});
type Setting = z.infer<typeof Setting>;
const notSet: Setting = { on: false, folder: null, everyMinutes: 5, language: 'en' };

/** What a sheet is made of; other tables may change without a new sheet. */
const sources = new Set([
  'appointments',
  'patients',
  'doctors',
  'doctor_time_slots',
  'clinics',
  'clinic_locations',
  'rooms',
  'visit_types',
]);

const ownFile = /^day-sheet-(\d{4}-\d{2}-\d{2})-.+\.pdf(\.part)?$/;

/** Whether a file is named as those are that this writes. */
export const isDaySheet = (name: string): boolean => ownFile.test(name);

/** The thread's program where the sources run as they are. */
const daySheetWorker = new URL('./day-sheet-worker.ts', import.meta.url);

/**
 * Keeps today's and tomorrow's day sheet of every location as a PDF on this desk's disk, so that a PC that dies still
 * leaves paper. Off unless somebody switched it on, since the files are not encrypted. Only what changed is drawn, in
 * a thread; sheets older than yesterday go.
 */
export class DaySheetKeeper {
  readonly #desk: Desk;
  readonly #log: Log;
  readonly #program: URL;
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #dirty = true;
  /** What each file holds, so that what has not changed is not written again. */
  #written = new Map<string, string>();
  #lastAt: string | null = null;
  #lastDays = '';
  #problem: DaySheetFiles['problem'] = null;

  constructor(desk: Desk, { log, program = daySheetWorker }: { log: Log; program?: URL }) {
    this.#desk = desk;
    this.#log = log;
    this.#program = program;
    this.#stopListening = desk.replica.onTablesChanged((tables) => {
      if ([...tables].some((table) => sources.has(table))) this.#dirty = true;
    });
  }

  /** Begins to look every few minutes whether something changed. */
  start(): void {
    clearInterval(this.#timer);
    const { on, everyMinutes } = this.#setting();
    if (on) this.#timer = setInterval(() => void this.keep(), everyMinutes * 60_000).unref();
  }

  /** Writes nothing until it is started again. */
  rest(): void {
    clearInterval(this.#timer);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopListening();
    await this.#running;
  }

  state(): DaySheetFiles {
    const { on, everyMinutes, language } = this.#setting();
    return {
      on,
      folder: this.#folder(),
      everyMinutes,
      language,
      lastAt: this.#lastAt,
      files: [...this.#written.keys()].sort(),
      problem: this.#problem,
    };
  }

  /** Changes the setting, refuses a folder that does not do and, where it is on now, begins to write at once. */
  async set(input: ParsedInput<'keepDaySheetFiles'>): Promise<Result<DaySheetFiles>> {
    const folder = input.folder ?? null;
    if (input.on && !(await usable(folder ?? this.#ownFolder())))
      return refuse('folder_unusable', { folder: folder ?? this.#ownFolder() });
    const setting: Setting = { ...input, folder };
    writeSetting(this.#desk.replica, SETTING, setting);
    this.#written = new Map();
    this.#problem = null;
    this.#lastAt = null;
    this.#dirty = true;
    this.start();
    if (input.on) void this.keep();
    return ok(this.state());
  }

  /** Writes what changed since the last time. One at a time. */
  keep(): Promise<void> {
    this.#running = this.#running.then(() => this.#keep());
    return this.#running;
  }

  async #keep(): Promise<void> {
    try {
      if (!this.#setting().on) return;
      const wanted = this.#wanted();
      const days = wanted.map(({ date }) => date).join();
      if (this.#dirty || days !== this.#lastDays || this.#problem !== null) {
        this.#dirty = false;
        await this.#write(wanted);
        this.#lastDays = days;
      }
      this.#lastAt = this.#desk.now();
      this.#problem = null;
    } catch (fault) {
      this.#dirty = true;
      this.#problem = problemOf(fault);
      this.#log.error('the day sheet could not be written', { problem: this.#problem });
    }
    // Screens that show how it went read again.
    this.#desk.replica.announce(new Set(['desk_settings']));
  }

  async #write(wanted: readonly Wanted[]): Promise<void> {
    const folder = this.#folder();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const present = new Set(await readdir(folder));
    const marks = new Map<string, string>();
    const sheets: DaySheetTask['sheets'] = [];
    for (const { file, date, locationId } of wanted) {
      const sheet = readDaySheet(this.#desk, date, locationId);
      if (!sheet) continue;
      const mark = markOf(sheet);
      marks.set(file, mark);
      if (this.#written.get(file) !== mark || !present.has(file))
        sheets.push({ path: join(folder, file), sheet });
      await letOthersGo();
    }
    if (sheets.length > 0) await this.#draw({ language: this.#setting().language, sheets });
    this.#written = marks;
    const oldest = dayAfter(dayOf(Date.parse(this.#desk.now()), 'UTC'), -KEPT_DAYS);
    for (const file of present) {
      const day = ownFile.exec(file)?.[1];
      if (day !== undefined && day < oldest) await rm(join(folder, file), { force: true });
    }
  }

  #draw(task: DaySheetTask): Promise<void> {
    const worker = new Worker(this.#program, { workerData: task });
    return new Promise((resolve, reject) => {
      worker.once('message', (news: DaySheetNews) =>
        news.ok ? resolve() : reject(Object.assign(new Error('not written'), { code: news.code })),
      );
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread ended')));
    });
  }

  /** Today and tomorrow of each location, by its own clock. */
  #wanted(): Wanted[] {
    const now = Date.parse(this.#desk.now());
    const locations = this.#desk.replica
      .statement('select id, name, timezone from clinic_locations where deleted_at is null order by id')
      .all() as { id: string; name: string; timezone: string }[];
    return locations.flatMap(({ id, name, timezone }) => {
      const today = dayOf(now, timezone);
      return [today, dayAfter(today, 1)].map((date) => ({
        date,
        locationId: id,
        file: `day-sheet-${date}-${slug(name)}-${id.slice(-6)}.pdf`,
      }));
    });
  }

  #setting(): Setting {
    const parsed = Setting.safeParse(readSetting(this.#desk.replica, SETTING));
    return parsed.success ? parsed.data : notSet;
  }

  #folder(): string {
    return this.#setting().folder ?? this.#ownFolder();
  }

  #ownFolder(): string {
    return join(dirname(this.#desk.replica.file), 'day-sheets');
  }
}

interface Wanted {
  date: string;
  locationId: string;
  file: string;
}

/** A sheet's content, whenever it was read. */
const markOf = ({ printedAt: _, ...content }: DaySheet): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

const slug = (name: string): string => fold(name).replace(/[^a-z0-9]+/g, '-') || 'location';

const usable = async (folder: string): Promise<boolean> => {
  if (!isAbsolute(folder)) return false;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const problemOf = (fault: unknown): DaySheetFiles['problem'] => {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk_full';
  return ['ENOENT', 'EEXIST', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EIO'].includes(code)
    ? 'folder'
    : 'other';
};
