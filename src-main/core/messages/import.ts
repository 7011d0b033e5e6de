import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { ImportProblem } from '../../contract/message.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { messages } from '../schema/replica/index.ts';
import { type ReadDocument, readLine } from './document.ts';
import { lineOf } from './export.ts';
import { SELECT_MESSAGES, type StoredMessage } from './stored.ts';

/** Messages to a change: one that is refused takes few along, and a push stays short. */
const AT_ONCE = 50;

/**
 * Takes lines of `mongoexport`. Each line is taken whole or told with its number and left out; one that is here already
 * is left as it is. Empty lines are passed over.
 */
export const importMessages = (
  desk: Desk,
  session: Session,
  { lines, firstLine }: ParsedInput<'importMessages'>,
): CallResult<'importMessages'> => {
  const problems: ImportProblem[] = [];
  const fresh = new Map<string, ReadDocument>();
  let known = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const problem = (why: ImportProblem['why'], what: string) =>
      problems.push({ line: firstLine + index, why, what });
    const read = readLine(line);
    if (!read.ok) {
      problem(read.problem.why, read.problem.what);
      continue;
    }
    const { document } = read;
    const there = lineHere(desk, document, fresh);
    if (there === undefined) fresh.set(document.sourceId, document);
    else if (there === line) known += 1;
    else problem('differs', document.sourceId);
  }
  const documents = [...fresh.values()];
  for (let from = 0; from < documents.length; from += AT_ONCE) {
    write(desk, session, documents.slice(from, from + AT_ONCE));
  }
  return ok({ imported: documents.length, known, problems });
};

/** The line of the same document that is here, or among those that are about to be. */
const lineHere = (
  desk: Desk,
  { sourceId, id }: ReadDocument,
  fresh: ReadonlyMap<string, ReadDocument>,
): string | undefined => {
  const earlier = fresh.get(sourceId);
  if (earlier) return earlier.line;
  const row = desk.replica
    .statement(`${SELECT_MESSAGES} where m.source_id = ? or m.id = ?`)
    .get(sourceId, id) as StoredMessage | undefined;
  return row && lineOf(desk, row);
};

const write = (desk: Desk, session: Session, documents: readonly ReadDocument[]): void => {
  writeChange(desk, { kind: 'importMessages', actor: session.userId }, (change) => {
    for (const { line, ...document } of documents) {
      change.insert(messages, {
        ...document,
        ...linksOf(desk, document.relationalRefs),
        // As text, since JSONB keeps neither the order of keys nor the kinds of numbers.
        document: { ejson: line },
        deletedAt: null,
      });
    }
  });
};

/** The rows of this clinic that a document refers to; the numbers of another program name none. */
const linksOf = (desk: Desk, refs: Record<string, unknown>) => ({
  appointmentId: idHere(desk, 'select id from appointments where id = ?', refs['appointment_id']),
  patientId: idHere(desk, 'select id from patients where id = ?', refs['patient_id']),
  doctorId: idHere(desk, 'select id from doctors where id = ?', refs['doctor_id']),
});

const idHere = ({ replica }: Desk, sql: string, id: unknown): string | null =>
  typeof id === 'string' ? ((replica.statement(sql).pluck().get(id) as string | undefined) ?? null) : null;
