import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, type Result, refuse } from '../../../contract/errors.ts';
import type { ImportError, ImportRun, ImportSource } from '../../../contract/imports.ts';
import { zoneOf } from '../../clinic-zone.ts';
import type { Desk, Session } from '../../desk.ts';
import type { Log } from '../../log.ts';
import { ImportFiles } from '../../store/import-files.ts';
import type { Engine } from '../../sync/engine.ts';
import { contextOf, namespaceOf, shownOf, unknownHere, withoutPassword } from './context.ts';
import { runImport } from './engine.ts';
import { countFindings } from './findings.ts';
import { Holders } from './holders.ts';
import { previewOf } from './preview.ts';
import { addRun, pauseLeftRuns, type Run, readRun, readRuns, setStatus } from './runs.ts';
import { countWaitingImports, type Line } from './settle.ts';
import { SourceFault, type SourceReader } from './source.ts';
import { openSource } from './sources/open.ts';

/** What an import needs of the sync: see `Line`. */
export const lineTo = (engine: Pick<Engine, 'state' | 'online' | 'onState'>): Line => ({
  connected: () => engine.online,
  rebuilding: () => engine.state().progress !== null,
  onState: (listener) => engine.onState(listener),
});

/** What the imports of a desk work with. */
export interface ImportsOptions {
  line: Line;
  log: Log;
  /** Milliseconds of a clock that nobody sets. */
  ticks?(): number;
}

interface Active {
  id: string;
  stop: AbortController;
  done: Promise<void>;
}

/** The imports of a desk: one at a time, each going on where it was stopped. */
export class Imports {
  readonly #desk: Desk;
  readonly #options: ImportsOptions;
  /** Addresses with their passwords, for as long as the program runs. */
  readonly #urls = new Map<string, string>();
  #active: Active | null = null;

  constructor(desk: Desk, options: ImportsOptions) {
    this.#desk = desk;
    this.#options = options;
    pauseLeftRuns(desk.replica);
  }

  async preview(
    _session: Session,
    { source, mapping: told }: ParsedInput<'importPreview'>,
  ): Promise<CallResult<'importPreview'>> {
    const mapping = told ?? { doctors: {} };
    const opened = await this.#open(source, new AbortController().signal);
    if (!opened.ok) return opened;
    const reader = opened.value;
    try {
      const namespace = mapping.namespace ?? namespaceOf(this.#desk, source, reader);
      const context = await contextOf(this.#desk, { mapping, namespace, source, now: this.#desk.now() });
      const about = { source: shownOf(source, reader), namespace };
      return ok(await previewOf(this.#desk.replica, reader, context, about));
    } catch (fault) {
      if (fault instanceof SourceFault) return refuse('import_unreadable', { ...fault.error });
      throw fault;
    } finally {
      await reader.close();
    }
  }

  async start(
    session: Session,
    { source, mapping: told }: ParsedInput<'startImport'>,
  ): Promise<CallResult<'startImport'>> {
    if (this.#active) return refuse('import_under_way', { id: this.#active.id });
    const mapping = told ?? { doctors: {} };
    const unknown = unknownHere(this.#desk, mapping);
    if (unknown) return refuse('not_found', unknown);
    const stop = new AbortController();
    const opened = await this.#open(source, stop.signal);
    if (!opened.ok) return opened;
    const reader = opened.value;
    if (this.#active) {
      await reader.close();
      return refuse('import_under_way');
    }
    const run: Run = {
      id: this.#desk.newId(),
      source: {
        source: withoutPassword(source),
        shown: shownOf(source, reader),
        mapping,
        identity: reader.identity,
      },
      namespace: mapping.namespace ?? namespaceOf(this.#desk, source, reader),
      status: 'running',
      position: null,
      counts: {},
      error: null,
      startedAt: this.#desk.now(),
      endedAt: null,
    };
    addRun(this.#desk.replica, run);
    if ('url' in source) this.#urls.set(run.id, source.url);
    this.#begin(session, run, reader, stop);
    return ok(this.#shown(run));
  }

  async resume(
    session: Session,
    { id, url }: ParsedInput<'resumeImport'>,
  ): Promise<CallResult<'resumeImport'>> {
    const run = readRun(this.#desk.replica, id);
    if (!run) return refuse('not_found', { what: 'import' });
    if (this.#active?.id === id || run.status === 'completed') return ok(this.#shown(run));
    if (this.#active) return refuse('import_under_way', { id: this.#active.id });
    const { source } = run.source;
    const address = url ?? this.#urls.get(id);
    if ('url' in source && address === undefined) return unreadableNow('password_needed');
    const stop = new AbortController();
    const opened = await this.#open(
      'url' in source ? { ...source, url: address ?? '' } : source,
      stop.signal,
    );
    if (!opened.ok) return opened;
    if (address !== undefined) this.#urls.set(id, address);
    const now = readRun(this.#desk.replica, id);
    const isSame = opened.value.identity === run.source.identity;
    if (this.#active || !now || !isSame) {
      await opened.value.close();
      return isSame ? refuse('import_under_way') : unreadableNow('source_changed');
    }
    setStatus(this.#desk.replica, id, { status: 'running', error: null, endedAt: null });
    this.#begin(session, now, opened.value, stop);
    return ok(this.#shown({ ...now, status: 'running', error: null }));
  }

  async pause(id: string): Promise<CallResult<'pauseImport'>> {
    if (this.#active?.id === id) {
      this.#active.stop.abort();
      await this.#active.done;
    }
    return this.one(id);
  }

  all(): ImportRun[] {
    return readRuns(this.#desk.replica).map((run) => this.#shown(run));
  }

  one(id: string): Result<ImportRun> {
    const run = readRun(this.#desk.replica, id);
    return run ? ok(this.#shown(run)) : refuse('not_found', { what: 'import' });
  }

  /** Stops what is under way; somebody goes on with it another time. */
  async close(): Promise<void> {
    this.#active?.stop.abort();
    await this.#active?.done;
    this.#urls.clear();
  }

  async #open(source: ImportSource, signal: AbortSignal): Promise<Result<SourceReader>> {
    const opened = await openSource(source, {
      zone: zoneOf(this.#desk, null),
      fileOf: (file) => filesOf(this.#desk).fileOf(file),
      signal,
    });
    return opened.ok ? ok(opened.reader) : refuse('import_unreadable', { ...opened.error });
  }

  #begin(session: Session, run: Run, reader: SourceReader, stop: AbortController): void {
    // How it ended may be what cannot be written: the next start finds it standing still.
    const done = this.#run(session, run, reader, stop.signal).catch(() =>
      this.#options.log.error('import ended without a word'),
    );
    this.#active = { id: run.id, stop, done };
  }

  /** One run to its end, and how it ended. */
  async #run(session: Session, run: Run, reader: SourceReader, signal: AbortSignal): Promise<void> {
    const fault: unknown = await this.#work(session, run, reader, signal).then(
      () => null,
      (thrown: unknown) => thrown ?? new Error('nothing thrown'),
    );
    await reader.close().catch(() => undefined);
    // Whoever hears that it is over may begin the next one.
    this.#active = null;
    if (fault === null) this.#completed(run);
    else if (signal.aborted)
      setStatus(this.#desk.replica, run.id, { status: 'paused', error: null, endedAt: null });
    else this.#stopped(run, errorOf(fault), fault);
  }

  async #work(session: Session, run: Run, reader: SourceReader, signal: AbortSignal): Promise<void> {
    const { line, ticks = () => performance.now() } = this.#options;
    const { source, mapping } = run.source;
    const { namespace, startedAt } = run;
    const context = await contextOf(this.#desk, { mapping, namespace, source, now: startedAt });
    const holders = await Holders.read(this.#desk.replica);
    await runImport({ desk: this.#desk, session, run, context, holders, ticks, reader, line, signal });
  }

  #completed({ id, source: { source } }: Run): void {
    setStatus(this.#desk.replica, id, { status: 'completed', error: null, endedAt: this.#desk.now() });
    this.#urls.delete(id);
    if ('file' in source) filesOf(this.#desk).remove(source.file);
  }

  #stopped({ id }: Run, error: ImportError, fault: unknown): void {
    const where = fault instanceof Error ? (fault.stack?.split('\n')[1]?.trim() ?? fault.name) : typeof fault;
    this.#options.log.error('import stopped', {
      code: error.code,
      ...(error.code === 'internal' ? { where } : {}),
    });
    const status = mended.includes(error.code) ? 'paused' : 'failed';
    const endedAt = status === 'failed' ? this.#desk.now() : null;
    setStatus(this.#desk.replica, id, { status, error, endedAt });
  }

  #shown({ id, source, namespace, status, position, counts, error, startedAt, endedAt }: Run): ImportRun {
    const { replica } = this.#desk;
    return {
      id,
      source: source.shown,
      namespace,
      status,
      table: status === 'completed' ? null : (position?.table ?? null),
      counts: Object.entries(counts).map(([table, counted]) => ({ table, ...counted })),
      findings: countFindings(replica, id),
      waiting: countWaitingImports(replica),
      error,
      startedAt,
      endedAt,
    };
  }
}

/** A desk without a folder of its own still reads files of this computer by their paths. */
const filesOf = ({ importFiles }: Desk): ImportFiles => importFiles ?? new ImportFiles('');

/** Errors that pass by themselves or by what a person does; the import goes on then. */
const mended: readonly ImportError['code'][] = [
  'signed_out',
  'needs_central',
  'connection_lost',
  'password_needed',
  'disk_full',
];

const errorOf = (fault: unknown): ImportError => {
  if (fault instanceof SourceFault) return fault.error;
  const isFull = fault instanceof Error && 'code' in fault && fault.code === 'SQLITE_FULL';
  return { code: isFull ? 'disk_full' : 'internal', where: null };
};

const unreadableNow = (code: ImportError['code']) => refuse('import_unreadable', { code, where: null });
