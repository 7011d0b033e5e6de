import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { Desk, Session } from '../../desk.ts';
import { exportTable } from './tables.ts';

/** What Excel knows UTF-8 by. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Writes part of a table into `TABLE.csv` of a folder, readable to this user only. Until the last part is there the
 * file has the ending `.part`, so that half a table is not taken for a whole one.
 */
export const exportTableToFolder = async (
  desk: Desk,
  session: Session,
  { folder, forExcel, ...wanted }: ParsedInput<'exportTableToFolder'>,
): Promise<CallResult<'exportTableToFolder'>> => {
  if (!isAbsolute(folder)) return refuse('folder_unusable', { folder });
  const part = await exportTable(desk, session, wanted);
  if (!part.ok) return part;
  const { text, rows, next } = part.value;
  const file = join(folder, `${wanted.table}.csv`);
  const growing = `${file}.part`;
  try {
    if (wanted.after === undefined) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(growing, (forExcel ? BYTE_ORDER_MARK : '') + text, { mode: 0o600 });
    } else {
      await appendFile(growing, text);
    }
    if (next === null) await rename(growing, file);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault)) throw fault;
    return fault.code === 'ENOSPC' || fault.code === 'EDQUOT'
      ? refuse('disk_full')
      : refuse('folder_unusable', { folder });
  }
  return ok({ rows, next });
};
