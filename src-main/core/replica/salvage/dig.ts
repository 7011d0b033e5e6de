import { closeSync, openSync, readSync } from 'node:fs';
import { OwnRows } from './own-rows.ts';
import type { FoundRow, Patchwork, Shape } from './patchwork.ts';
import { definitionShape, type OwnTable, ownTables } from './shapes.ts';
import { type LogFrame, PAGE_BYTES } from './write-ahead-log.ts';

/** What is found page by page, whatever leads there. */
export interface Dug {
  /** On the pages of the file: also rows that were deleted, where their page was not written over. */
  inFile: OwnRows;
  /** On the pages of the log: as they were last. */
  inLog: OwnRows;
  /** Pages of the log that are damaged, or hold only the rest of a long value. */
  unreadInLog: number;
  definitions: FoundRow[];
}

/** Reads all pages of the copy, and then those of the log in the order in which they were written. */
export const dig = async (
  patchwork: Patchwork,
  shapes: readonly Shape[],
  log: { file: string; frames: readonly LogFrame[] },
): Promise<Dug> => {
  const dug: Dug = { inFile: new OwnRows(), inLog: new OwnRows(), unreadInLog: 0, definitions: [] };
  const definitions = new Map<unknown, FoundRow | null>();
  const into = (rows: OwnRows) => (table: string, row: FoundRow) => {
    if (isOwn(table)) rows.add(table, row);
    else noteDefinition(definitions, row, patchwork.pages);
  };
  const wanted = [...shapes, definitionShape];
  const pages = Array.from({ length: patchwork.pages - 1 }, (_, at) => at + 2);
  await patchwork.read(pages, wanted, into(dug.inFile));
  for (const layer of layersOf(log.frames)) {
    patchwork.put(bytesOf(`${log.file}-wal`, layer));
    const inReach = layer.map(({ page }) => page).filter((page) => page >= 2 && page <= patchwork.pages);
    dug.unreadInLog += layer.length - inReach.length - layer.filter(({ page }) => page === 1).length;
    dug.unreadInLog += await patchwork.read(inReach, wanted, into(dug.inLog));
  }
  dug.definitions = [...definitions.values()].filter((row) => row !== null);
  return dug;
};

const isOwn = (table: string): table is OwnTable => (ownTables as readonly string[]).includes(table);

/** Where two pages disagree on where a table begins, one is of an earlier time, and nothing says which. */
const noteDefinition = (found: Map<unknown, FoundRow | null>, row: FoundRow, pages: number): void => {
  const known = found.get(row['name']);
  const differs = known !== undefined && known?.['rootpage'] !== row['rootpage'];
  const isThere = Number(row['rootpage']) >= 2 && Number(row['rootpage']) <= pages;
  found.set(row['name'], differs || !isThere ? null : row);
};

/** The frames in as few steps as let no page be written over before it was read. */
const layersOf = (frames: readonly LogFrame[]): LogFrame[][] => {
  const layers: LogFrame[][] = [];
  let pages = new Set<number>();
  for (const frame of frames) {
    const last = layers.at(-1);
    if (!last || pages.has(frame.page)) {
      layers.push([frame]);
      pages = new Set();
    } else last.push(frame);
    pages.add(frame.page);
  }
  return layers;
};

function* bytesOf(log: string, frames: readonly LogFrame[]): Generator<{ page: number; bytes: Buffer }> {
  const handle = openSync(log, 'r');
  try {
    for (const { page, at } of frames) {
      const bytes = Buffer.alloc(PAGE_BYTES);
      readSync(handle, bytes, 0, PAGE_BYTES, at);
      yield { page, bytes };
    }
  } finally {
    closeSync(handle);
  }
}
