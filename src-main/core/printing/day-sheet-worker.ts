import { open, rename } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { DaySheet } from '../../contract/printing.ts';
import { daySheetPdf } from './day-sheet-pdf.ts';
import type { PaperLanguage } from './words.ts';

/** Sheets to be drawn, each with the path of its file. */
export interface DaySheetTask {
  language: PaperLanguage;
  sheets: { path: string; sheet: DaySheet }[];
}

/** How it went: the error's code when a file could not be written. */
export type DaySheetNews = { ok: true } | { ok: false; code: string };

/** Puts a whole file in place or leaves the old one: a PC that dies in the middle still has a sheet. */
const writeWhole = async (path: string, content: Buffer): Promise<void> => {
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
};

const run = async ({ language, sheets }: DaySheetTask): Promise<DaySheetNews> => {
  try {
    for (const { path, sheet } of sheets) await writeWhole(path, await daySheetPdf(sheet, language));
    return { ok: true };
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault) return { ok: false, code: String(fault.code) };
    throw fault;
  }
};

parentPort?.postMessage(await run(workerData as DaySheetTask));
