import type {
  ImportDoctor,
  ImportFinding,
  ImportPreview,
  ImportSourceShown,
  ImportTablePreview,
} from '../../../contract/imports.ts';
import type { Store } from '../../replica/connection.ts';
import { namespacesOf } from './runs.ts';
import type { MapContext, SourceReader, SourceRow, SourceTable } from './source.ts';

const SAMPLES = 5;
/** So many doctors are offered for matching; no clinic has more. */
const MAX_DOCTORS = 500;

/** A source at a look: nothing of it is written. */
export const previewOf = async (
  store: Store,
  reader: SourceReader,
  context: MapContext,
  { source, namespace }: { source: ImportSourceShown; namespace: string },
): Promise<ImportPreview> => {
  const tables: ImportTablePreview[] = [];
  const problems: ImportFinding[] = [];
  for (const table of reader.tables) {
    const first = table.becomes === null ? [] : await firstRows(table);
    const mapped = first.map((row) => ({ row, ...table.map(row, context) }));
    tables.push({
      table: table.name,
      rows: await table.count(),
      becomes: table.becomes,
      leftOut: table.leftOut ?? null,
      samples: mapped
        .flatMap(({ row, drafts }) => drafts.map((draft) => ({ sourceId: row.id, values: shown(draft.row) })))
        .slice(0, SAMPLES),
    });
    for (const { row, findings } of mapped)
      for (const { reason, leftOut, details } of findings)
        problems.push({ table: table.name, sourceId: row.id, reason, leftOut, details });
  }
  return {
    source,
    namespace,
    namespaces: namespacesOf(store),
    tables,
    doctors: await doctorsOf(store, reader, context),
    csv: reader.csv ?? null,
    problems,
  };
};

/** The first piece of a table. */
const firstRows = async (table: SourceTable): Promise<readonly SourceRow[]> => {
  for await (const piece of table.read(null)) return piece;
  return [];
};

/** What is shown of a row: no password, and nothing that is empty. */
const shown = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([key, value]) => value !== null && value !== undefined && value !== '' && key !== 'hashed_password',
    ),
  );

const doctorsOf = async (
  store: Store,
  reader: SourceReader,
  context: MapContext,
): Promise<ImportDoctor[]> => {
  const told = reader.doctors ? await reader.doctors() : await doctorsInTable(reader, context);
  return told.slice(0, MAX_DOCTORS).map((one) => ({
    ...one,
    doctorId:
      sameHere(store, context.idOf('doctors', one.sourceId), one.email) ?? context.find.doctor(one.name),
  }));
};

const doctorsInTable = async (reader: SourceReader, context: MapContext) => {
  const table = reader.tables.find(({ becomes }) => becomes === 'doctors');
  const told: { sourceId: string; name: string; email: string | null }[] = [];
  if (!table) return told;
  for await (const piece of table.read(null)) {
    for (const row of piece) {
      for (const draft of table.map(row, context).drafts) {
        if (draft.target !== 'doctors') continue;
        const { firstName, lastName, email } = draft.row;
        told.push({ sourceId: row.id, name: `${firstName} ${lastName}`, email });
      }
    }
    if (told.length >= MAX_DOCTORS) break;
  }
  return told;
};

const sameHere = (store: Store, id: string, email: string | null): string | null =>
  (store
    .statement(
      'select id from doctors where id = @id or lower(email) = lower(@email) order by id = @id desc limit 1',
    )
    .pluck()
    .get({ id, email }) as string | undefined) ?? null;
