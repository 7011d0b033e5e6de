import { readLine } from '../../messages/document.ts';
import { Fields } from './fields.ts';
import { fileBytes } from './file-bytes.ts';
import type { SourceTable } from './source.ts';
import {
  type MapContext,
  type Mapped,
  type Opened,
  SourceFault,
  type SourceRow,
  unreadable,
} from './source.ts';

const PIECE = 100;
/** MongoDB's documents are smaller; a line that is longer is none. */
const LONGEST_LINE = 64 * 1024 * 1024;
/** So many lines are looked at to see whether the file is of this kind. */
const LOOKED_AT = 20;

/**
 * Opens lines of `mongoexport` of the collection `messages` (clinic-schema), plain or packed by gzip. What they refer to is
 * numbered as in the MySQL clinic that they belong to: imported under its name, they find its rows.
 * @throws `SourceFault`
 */
export const openMessages = async (path: string, name: string): Promise<Opened> => {
  if (!(await beginsAsMessages(path))) return unreadable('not_this_kind', 'messages');
  const table: SourceTable = {
    name: 'messages',
    becomes: 'messages',
    count: async () => null,
    read: (after) => linesOf(path, Number(after ?? 0)),
    map: message,
  };
  return { ok: true, reader: { identity: 'messages', name, tables: [table], close: async () => undefined } };
};

const beginsAsMessages = async (path: string): Promise<boolean> => {
  for await (const piece of linesOf(path, 0))
    return piece.slice(0, LOOKED_AT).some(({ values }) => readLine(String(values['line'])).ok);
  return false;
};

/** The lines after number `after`; a line is known by its number. Empty ones are passed over. */
async function* linesOf(path: string, after: number): AsyncGenerator<SourceRow[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let rest = '';
  let piece: SourceRow[] = [];
  const take = (line: string) => {
    number += 1;
    if (number <= after || line.trim() === '') return;
    const id = String(number);
    piece.push({ id, place: id, values: { line: line.endsWith('\r') ? line.slice(0, -1) : line } });
  };
  for await (const bytes of fileBytes(path)) {
    const lines = (rest + decoded(decoder, bytes, number)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new SourceFault({ code: 'damaged', where: `line ${number + 1}` });
    for (const line of lines) {
      take(line);
      if (piece.length < PIECE) continue;
      yield piece;
      piece = [];
    }
  }
  take(rest);
  if (piece.length > 0) yield piece;
}

const decoded = (decoder: TextDecoder, bytes: Buffer, line: number): string => {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    throw new SourceFault({ code: 'wrong_encoding', where: `after line ${line}` });
  }
};

const message = (row: SourceRow, context: MapContext): Mapped => {
  const fields = new Fields({});
  const read = readLine(String(row.values['line']));
  if (!read.ok) {
    fields.leave('bad_row', { why: read.problem.why, what: read.problem.what });
    return fields.becomes();
  }
  const { line, ...document } = read.document;
  const refs = document.relationalRefs;
  return fields.becomes({
    target: 'messages',
    row: {
      ...document,
      appointmentId: idHere(context, 'appointments', refs['appointment_id']),
      patientId: idHere(context, 'patients', refs['patient_id']),
      doctorId: idHere(context, 'doctors', refs['doctor_id']),
      // As text, since JSONB keeps neither the order of keys nor the kinds of numbers: it goes out as it came in.
      document: { ejson: line },
      deletedAt: null,
    },
  });
};

/** A number is one of the MySQL clinic's; text is an id of this clinic itself, in a file that came from here. */
const idHere = ({ idOf }: MapContext, table: string, told: unknown): string | null => {
  if (typeof told === 'number') return idOf(table, String(told));
  return typeof told === 'string' && told !== '' ? told : null;
};
