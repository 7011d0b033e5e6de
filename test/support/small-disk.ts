import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a test's own that can run out of room. */
export interface SmallDisk {
  path: string;
  /** Leaves no byte of it free. */
  fillUp(): void;
  /** Makes it as large as it was again. */
  empty(): void;
  resize(bytes: number): void;
  /** While no file of it is open for writing. */
  readOnly(on: boolean): void;
  remove(): void;
}

/** Mounting takes root; a test says so where it is skipped. */
export const noSmallDisk =
  process.platform !== 'linux' || process.getuid?.() !== 0 ? 'only root may mount a small disk' : null;

/** Mounts a disk in memory. */
export const smallDisk = (bytes: number): SmallDisk => {
  const path = mkdtempSync(join(tmpdir(), 'anteroom-disk-'));
  const mount = (...options: string[]) => execFileSync('mount', [...options, path]);
  mount('-t', 'tmpfs', '-o', `size=${bytes},mode=711`, 'tmpfs');
  const ballast = join(path, 'ballast');
  return {
    path,
    fillUp: () => {
      const piece = Buffer.alloc(64 * 1024);
      for (let size = piece.length; size >= 1; size = Math.floor(size / 2)) {
        try {
          for (;;) writeFileSync(ballast, piece.subarray(0, size), { flag: 'a' });
        } catch (fault) {
          if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC')) throw fault;
        }
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    resize: (size) => mount('-o', `remount,size=${size}`),
    readOnly: (on) => mount('-o', `remount,${on ? 'ro' : 'rw'}`),
    remove: () => {
      execFileSync('umount', ['-l', path]);
      rmdirSync(path);
    },
  };
};
