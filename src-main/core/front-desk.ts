import { dirname, join } from 'node:path';
import { v7 as newUuid } from 'uuid';
import type { CallName } from '../contract/calls.ts';
import type { DeskEvent } from '../contract/envelope.ts';
import { ok, type Result, refuse } from '../contract/errors.ts';
import type { Desk, Session } from './desk.ts';
import type { DeskRecords } from './desk-records.ts';
import type { DeskLogin } from './desks/desk-login.ts';
import { ChangingSecrets } from './desks/own-secrets.ts';
import type { ReplicaKeys } from './desks/replica-keys.ts';
import { onStanding, readStanding } from './desks/standing.ts';
import type { Loss } from './desks/wipe.ts';
import { watchSync } from './diagnostics/watch-sync.ts';
import { createDispatch, type Dispatch, type Handlers } from './dispatch.ts';
import { Events, type Place } from './events.ts';
import { createFileCalls, type FileCalls } from './file-calls.ts';
import { createHandlers } from './handlers.ts';
import { connectorsOf } from './integrations/connectors.ts';
import { followLogins, forgetLogins } from './integrations/idexx/credentials.ts';
import { Imports, lineTo } from './integrations/import/imports.ts';
import { Runner } from './integrations/runner.ts';
import { Stations } from './kiosk/stations.ts';
import type { Log } from './log.ts';
import { DaySheetKeeper } from './printing/day-sheet-files.ts';
import { readDeskState } from './replica/desk-state.ts';
import { readFormerKeys } from './replica/former-keys.ts';
import { tidyWhenIdle } from './replica/idle.ts';
import { checkNonce, type Nonce } from './replica/nonce.ts';
import type { Replica } from './replica/open.ts';
import { openOrReplace } from './replica/open-or-replace.ts';
import { countWaiting } from './replica/outbox.ts';
import { SlotJob } from './schedules/slot-job.ts';
import { type Seat, Seats } from './security/seats.ts';
import { FileStore } from './store/file-store.ts';
import { ImportFiles } from './store/import-files.ts';
import { Engine, type EngineOptions } from './sync/engine.ts';
import { FileExchange } from './sync/files.ts';

export type { Session } from './desk.ts';
export type { Place } from './events.ts';
export type { Nonce } from './replica/nonce.ts';
export type { Seat } from './security/seats.ts';

export interface FrontDeskOptions {
  /** Path of the replica; its folder exists. */
  file: string;
  /** The replica's 32 bytes. */
  key: Buffer;
  /** This desk's own connection URL. */
  centralUrl: string;
  /** Its key and its login where they may change while it runs; else both stay as they are. */
  own?: { keys: ReplicaKeys; login: DeskLogin };
  /** Destroys what this desk holds, as central has told it to; called at most once. */
  onWipe?(loss: Loss): void;
  nonce: Nonce;
  /** Where the password of the mail server is kept. */
  mailPassword?: Desk['mailPassword'];
  /** Where the logins of IDEXX Neo are kept. */
  outsideSecrets?: Desk['outsideSecrets'];
  /** Where the key of Cal.com is kept. */
  calComKey?: Desk['calComKey'];
  log: Log;
  /** What is kept on this PC of how the desk runs. */
  records?: DeskRecords;
  insecureKeyFile?: boolean;
  /** The threads' programs in a bundle. */
  rebuildWorker?: URL;
  daySheetWorker?: URL;
  rekeyWorker?: URL;
  /** How the desk goes over to a clinic of its own, where it shows the sample. */
  startOwnClinic?: Desk['startOwnClinic'];
  /** Backs up the database of this PC. */
  backups?: Desk['backups'];
  /** How often central is asked though no notice came, in milliseconds. */
  pollMs?: number;
  now?(): string;
}

/** A desk's core, open: what every shell serves. */
export interface FrontDesk {
  dispatch: Dispatch;
  /** Calls `listener` at each event that whoever is at a place is told of; returns how to stop. */
  on(listener: (event: DeskEvent) => void, place?: Place): () => void;
  /** Files in and out of the desk's store. */
  readonly files: FileCalls;
  /** Who acts here without a seat: the desk's own account until an administrator can sign in, and then nobody. */
  readonly session: Session;
  /** A seat for one browser or window, at which people sign in. */
  openSeat(): Seat;
  /** The browser or window is gone. */
  closeSeat(seat: Seat): void;
  /** The session that a ticket of `openStation` stands for, once; null for any other. */
  admit(ticket: string): Session | null;
  /** Whether a session that was admitted has not been ended since. */
  isOpen(session: Session): boolean;
  /** Ends a session that was admitted. */
  dismiss(session: Session): void;
  close(): Promise<void>;
}

/** Calls that make sense before the first sync. */
const alwaysReady: readonly CallName[] = ['clinic', 'syncState', 'standing', 'workOffline'];

/**
 * Opens the desk and starts its sync. A replica that is damaged or that the key does not fit is put aside, and a
 * new one is made of what can be read of it and filled from central. `disk_full` when there is no room, `internal` when
 * the system does not let the file be opened.
 */
export const openFrontDesk = async (options: FrontDeskOptions): Promise<Result<FrontDesk>> => {
  const now = options.now ?? (() => new Date().toISOString());
  const newId = () => newUuid();
  const { file, key, log, nonce } = options;
  const wasHere = (await nonce.read()) !== null;
  const opened = await openOrReplace({ file, key, newId, now, log, wasHere });
  if (!opened.ok) return opened;
  const replica = opened.value;
  await checkNonce(replica, nonce, { newId, now });

  const desk: Desk = { replica, now, newId, insecureKeyFile: options.insecureKeyFile ?? false };
  const engine = new Engine(desk, engineOptions(options));
  desk.isConnected = () => engine.online;
  desk.askCentral = (session, name, args) => engine.ask(session, name, args);
  const store = openStore(options, desk);
  const exchange = new FileExchange({
    ...engineOptions(options),
    url: () => options.own?.login.urls[0] ?? options.centralUrl,
    replica,
    store,
    ...lineOf(engine),
  });
  desk.files = exchange;
  desk.importFiles = openImportFiles(options, desk);
  if (options.mailPassword) desk.mailPassword = options.mailPassword;
  if (options.outsideSecrets) desk.outsideSecrets = options.outsideSecrets;
  if (options.calComKey) desk.calComKey = options.calComKey;
  if (options.startOwnClinic) desk.startOwnClinic = options.startOwnClinic;
  if (options.backups) desk.backups = options.backups;
  if (options.records) desk.records = options.records;
  const stopTelling = options.backups?.onChange(() => replica.announce(new Set(['backups'])));
  const stopTidying = tidyWhenIdle(replica, now);
  const stopWatching = watchSync(engine, desk, options.log);
  const slotJob = new SlotJob(desk, { ready: () => engine.ready });
  const daySheets = new DaySheetKeeper(desk, {
    log: options.log,
    ...(options.daySheetWorker ? { program: options.daySheetWorker } : {}),
  });
  const stations = new Stations();
  const seats = new Seats(desk);
  const imports = new Imports(desk, { line: lineTo(engine), log: options.log });
  const runner = new Runner(desk, { engine, log: options.log, connectors: connectorsOf(desk) });
  const events = new Events(replica, engine, seats);
  const stopProgress = runner.onProgress((source, running) => events.tellProgress(source, running));
  const own = options.own && new ChangingSecrets(desk, { ...options, ...options.own, engine, store });
  if (own) desk.keys = own;
  const follow = (): void => {
    const { standing, by } = readStanding(replica);
    if (standing === 'working') {
      daySheets.start();
      return;
    }
    stations.closeAll();
    daySheets.rest();
    forgetOutside(desk, options.log);
    const loss = { lost: countWaiting(replica), daySheets: daySheets.state().folder, by };
    if (standing === 'wiping') setImmediate(() => options.onWipe?.(loss));
  };
  const stopFollowing = onStanding(replica, () => {
    follow();
    events.tellDoors();
  });
  const stopLogins = followLogins(desk, options.log);
  const nobody: Place = {
    get session() {
      return seats.withoutSeat();
    },
  };
  const dispatch = createDispatch(
    onceReady(createHandlers(desk, engine, stations, daySheets, seats, runner, imports), engine, replica),
    options.log,
    replica.health,
  );
  engine.start();
  runner.start();
  follow();
  void own?.tidy();
  return ok({
    dispatch: (name, input, session) => {
      seats.touch(session);
      return dispatch(name, input, session);
    },
    on: (listener, place = nobody) => events.on(listener, place),
    files: createFileCalls(desk, store, options.log),
    get session() {
      return nobody.session;
    },
    openSeat: () => seats.open(),
    closeSeat: (seat) => seats.close(seat),
    admit: (ticket) => stations.admit(ticket, Date.parse(now())),
    isOpen: (session) => stations.isOpen(session),
    dismiss: (session) => stations.close(session),
    close: async () => {
      events.stop();
      stopProgress();
      stopWatching();
      stopFollowing();
      stopLogins();
      seats.stop();
      stopTidying();
      stopTelling?.();
      await runner.close();
      await imports.close();
      await exchange.close();
      await daySheets.stop();
      await slotJob.stop();
      await own?.settled();
      await engine.close();
      replica.close();
    },
  });
};

/** A desk that was stopped leads in nowhere else either. */
const forgetOutside = (desk: Desk, log: Log): void => {
  const gone = [forgetLogins(desk), desk.calComKey?.write(null)];
  Promise.all(gone).catch((fault: unknown) =>
    log.error('logins of a stopped desk are still in its keychain', {
      fault: fault instanceof Error ? fault.name : typeof fault,
    }),
  );
};

const engineOptions = ({ centralUrl, own, log, rebuildWorker, pollMs }: FrontDeskOptions): EngineOptions => ({
  url: centralUrl,
  ...(own ? { login: own.login } : {}),
  log,
  random: Math.random,
  ...(rebuildWorker ? { rebuildWorker } : {}),
  ...(pollMs === undefined ? {} : { pollMs }),
});

/** A file that no message names a week after it was chosen is not going to be sent. */
const UNSENT_MS = 7 * 86_400_000;

/** The files beside the replica, without those that nothing names any more. */
const openStore = ({ file, key }: FrontDeskOptions, { replica, now }: Desk): FileStore => {
  const store = new FileStore(join(dirname(file), 'files'), key, readFormerKeys(replica));
  whereAllIsNamed(replica, () => {
    const named = replica.statement('select sha256 from attachments where deleted_at is null').pluck().all();
    store.sweep(new Set(named as string[]), Date.parse(now()) - UNSENT_MS);
  });
  return store;
};

/** A replica that has not been filled yet, or is damaged, does not name all that is needed. */
const whereAllIsNamed = (replica: Replica, sweep: () => void): void => {
  if (readDeskState(replica).cursor === 0) return;
  try {
    sweep();
  } catch (fault) {
    if (replica.health.met(fault) === null) throw fault;
  }
};

/** A file that was chosen a day ago for an import that did not begin is not going to be imported. */
const NOT_BEGUN_MS = 86_400_000;

/** The files for imports, without those that no import needs any more. */
const openImportFiles = ({ file }: FrontDeskOptions, { replica, now }: Desk): ImportFiles => {
  const files = new ImportFiles(join(dirname(file), 'imports'));
  whereAllIsNamed(replica, () => {
    const needed = replica
      .statement(
        `select source ->> '$.source.file' from import_runs
         where status <> 'completed' and source ->> '$.source.file' is not null`,
      )
      .pluck()
      .all();
    files.sweep(needed as string[], Date.parse(now()) - NOT_BEGUN_MS);
  });
  return files;
};

/** Whether there is a connection, and when that changes. */
const lineOf = (engine: Engine) => ({
  connected: () => engine.online,
  onState: (listener: () => void) => engine.onState(listener),
});

/** Calls that a desk which was stopped answers. */
const evenStopped: readonly CallName[] = ['standing', 'syncState'];

/** Answers `not_ready` while there is nothing to answer from, and `desk_disabled` at a desk that was stopped. */
const onceReady = (handlers: Handlers, engine: Engine, replica: Replica): Handlers => {
  const includes = (names: readonly CallName[], name: string) => (names as readonly string[]).includes(name);
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    const call = handler as (session: Session, input: unknown) => unknown;
    const answer = (session: Session, input: unknown): unknown => {
      if (!includes(evenStopped, name) && readStanding(replica).standing !== 'working')
        return refuse('desk_disabled');
      return engine.ready || includes(alwaysReady, name) ? call(session, input) : refuse('not_ready');
    };
    return [name, answer];
  });
  return Object.fromEntries(guarded) as Handlers;
};
