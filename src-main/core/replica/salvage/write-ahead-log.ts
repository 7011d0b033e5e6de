import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type Database from 'better-sqlite3';

/** Replicas have SQLite's usual pages. */
export const PAGE_BYTES = 4096;
const HEAD_BYTES = 32;
const FRAME_HEAD_BYTES = 24;

/** One page as a transaction wrote it. */
export interface LogFrame {
  page: number;
  /** Where the page's bytes begin in the log. */
  at: number;
}

/** A write-ahead log, of which SQLite itself reads no further than to the first damaged frame. */
export interface WriteAheadLog {
  frames: LogFrame[];
  /** How many frames belong to transactions that were committed, as far as the log and its index say. */
  committed: number;
  /** How many pages the file had by then, about: the frames may have added as many as they are. */
  pages: number;
}

/**
 * Reads which frames the log of a database file holds, past damaged ones, as `sqlite.org/fileformat2.html` describes it
 * (section 4). The pages in it are encrypted and stay so; the frames' own checksums are of what was encrypted, so they
 * cannot be tried here. Null where there is no log or none with frames.
 */
export const readLog = (file: string): WriteAheadLog | null => {
  const log = `${file}-wal`;
  if (!existsSync(log)) return null;
  const handle = openSync(log, 'r');
  try {
    const count = Math.floor((fstatSync(handle).size - HEAD_BYTES) / (FRAME_HEAD_BYTES + PAGE_BYTES));
    if (count < 1) return null;
    const head = bytesAt(handle, 0, HEAD_BYTES);
    const heads = Array.from({ length: count }, (_, index) =>
      bytesAt(handle, frameAt(index), FRAME_HEAD_BYTES),
    );
    const salts = saltsNow(head, heads[0] ?? head);
    const isOfNow = (frame: Buffer) => isHalfAlike(frame.subarray(8, 16), salts);
    const last = heads.findLastIndex(isOfNow) + 1;
    const ends = heads.findLastIndex((frame) => isOfNow(frame) && frame.readUInt32BE(4) > 0) + 1;
    const sizes = heads.filter(isOfNow).map((frame) => frame.readUInt32BE(4));
    sizes.sort((a, b) => b - a);
    return {
      // Not the largest, which one damaged frame could have made up.
      pages: sizes[1] ?? 0,
      frames: heads.slice(0, last).map((frame, index) => ({
        page: frame.readUInt32BE(0),
        at: frameAt(index) + FRAME_HEAD_BYTES,
      })),
      committed: Math.max(ends, committedByIndex(file, salts)),
    };
  } finally {
    closeSync(handle);
  }
};

/** How many frames of its log an open database reads. */
export const framesRead = (db: Database.Database): number => {
  const [answer] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[];
  return Math.max(answer?.log ?? 0, 0);
};

const frameAt = (index: number): number => HEAD_BYTES + index * (FRAME_HEAD_BYTES + PAGE_BYTES);

const bytesAt = (handle: number, at: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  readSync(handle, bytes, 0, length, at);
  return bytes;
};

/** The log is written over and over from its beginning; each time has salts of its own, which its frames repeat. */
const saltsNow = (head: Buffer, first: Buffer): Buffer =>
  isWhole(head) ? head.subarray(16, 24) : first.subarray(8, 16);

/** Damage seldom takes both halves, and an earlier time has neither. */
const isHalfAlike = (one: Buffer, other: Buffer): boolean =>
  one.subarray(0, 4).equals(other.subarray(0, 4)) || one.subarray(4).equals(other.subarray(4));

const isWhole = (head: Buffer): boolean => {
  const littleEndian = (head.readUInt32BE(0) & 1) === 0;
  let [a, b] = [0, 0];
  for (let at = 0; at < 24; at += 8) {
    const word = (place: number) => (littleEndian ? head.readUInt32LE(place) : head.readUInt32BE(place));
    a = (a + word(at) + b) >>> 0;
    b = (b + word(at + 4) + a) >>> 0;
  }
  return a === head.readUInt32BE(24) && b === head.readUInt32BE(28);
};

/** The index beside the log outlives a crash and knows how long the log was. It is in this machine's byte order. */
const committedByIndex = (file: string, salts: Buffer): number => {
  if (!existsSync(`${file}-shm`)) return 0;
  const index = readFileSync(`${file}-shm`).subarray(0, 48);
  if (index.length < 48 || !index.subarray(32, 40).equals(salts)) return 0;
  return index.readUInt32LE(16);
};
