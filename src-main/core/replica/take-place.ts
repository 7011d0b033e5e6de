import { close, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { flushFolder } from './flush-folder.ts';

/**
 * Renames a file over another so that it lasts through a power cut. A disk takes long to have half a gigabyte back, so the
 * former file is held open through the rename and let go beside the desk's work. Windows renames over no open file.
 */
export const takePlace = (file: string, of: string): void => {
  const former = process.platform === 'win32' ? undefined : openSync(of, 'r');
  try {
    renameSync(file, of);
    flushFolder(dirname(of));
  } finally {
    // What a failed close would leave open is let go with the process.
    if (former !== undefined) close(former, () => undefined);
  }
};
