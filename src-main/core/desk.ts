import type { Right } from '../contract/calls.ts';
import type { CentralFunction } from '../contract/central.ts';
import type { Result } from '../contract/errors.ts';
import type { Station } from '../contract/kiosk.ts';
import type { OwnClinic } from '../contract/set-up.ts';
import type { DeskBackups } from './desk-backups.ts';
import type { DeskFiles } from './desk-files.ts';
import type { DeskKeys } from './desk-keys.ts';
import type { DeskRecords } from './desk-records.ts';
import type { Replica } from './replica/open.ts';
import type { ImportFiles } from './store/import-files.ts';

/** What a command or query works with. Clock and ids come from outside, so that tests are exact. */
export interface Desk {
  replica: Replica;
  /** The instant now, ISO 8601 UTC with milliseconds. */
  now(): string;
  /** A new UUIDv7. */
  newId(): string;
  /** Whether the replica's key lies in a file and not in the keychain. */
  insecureKeyFile?: boolean;
  /** Makes a clinic in the database of this PC and goes on with it; left out where there is no sample to leave. */
  startOwnClinic?(clinic: OwnClinic): Promise<Result<Record<never, never>>>;
  /** The files beside the replica, where the desk keeps any. */
  files?: DeskFiles;
  /** The files that were given to be imported; left out where the desk has no folder. */
  importFiles?: ImportFiles;
  /** Its log and its crash reports, where the shell keeps any. */
  records?: DeskRecords;
  /** The desk's own secrets, where it was given any that can be changed. */
  keys?: DeskKeys;
  /** Backs up the database of this PC; left out where the clinic's database is not one of this PC. */
  backups?: DeskBackups;
  /** The password of the mail server that this desk sends by; null takes it away. */
  mailPassword?: { read(): Promise<string | null>; write(password: string | null): Promise<void> };
  /** Where the logins of IDEXX Neo are kept: the keychain of this PC. Each throws Explained where there is none. */
  outsideSecrets?: OutsideSecrets;
  /** The key of the clinic's Cal.com, where this desk was given it; null takes it away. */
  calComKey?: { read(): Promise<string | null>; write(key: string | null): Promise<void> };
  /** Signs what a person does, while they are signed in at this desk; null where they are not. */
  sign?(userId: string, message: (sessionId: string) => string): Signature | null;
  /** Whether central is reached now; left out where there is no sync. */
  isConnected?(): boolean;
  /**
   * Runs one of central's functions as whoever is signed in (`session`), or as nobody. `needs_central` while there is no
   * connection; other refusals are the function's own.
   */
  askCentral?(session: Session, name: CentralFunction, args: object): Promise<Result<unknown>>;
}

/** What leads in at outside systems, by name; `Secrets` of the shell. */
export interface OutsideSecrets {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** The session that something was signed in, and the HMAC-SHA256 of it by the person's signing key, in hexadecimal. */
export interface Signature {
  sessionId: string;
  proof: string;
}

/** Who is at the desk and what they may do. */
export interface Session {
  userId: string | null;
  rights: ReadonlySet<Right>;
  /** The session of whoever is signed in; left out where the clinic has no staff accounts yet. */
  sessionId?: string;
  /** Set for a screen that patients can reach, which acts as nobody. */
  station?: Station;
}
