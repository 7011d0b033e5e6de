import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a rename in a folder last through a power cut. Windows cannot open a folder and does not need to. */
export const flushFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
};
