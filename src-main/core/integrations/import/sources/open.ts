import type { ImportSource } from '../../../../contract/imports.ts';
import { type Opened, type SourceContext, unreadable } from '../source.ts';

/**
 * Opens what an import reads from, with what that kind of source takes loaded only then. A file or server that is none of
 * its kind is told as `not_this_kind`, with the table or column that is missing.
 */
export const openSource = async (source: ImportSource, context: SourceContext): Promise<Opened> => {
  if ('url' in source) return openDatabase(source, context);
  const file = context.fileOf(source.file);
  if (file === null) return unreadable('file_missing');
  return openFile(source, file, context);
};

const openDatabase = async (
  { from, url }: Extract<ImportSource, { url: string }>,
  { signal }: SourceContext,
): Promise<Opened> => {
  if (from === 'mysql_server') return unreadable('not_this_kind', from);
  const { openForeignDatabase } = await import('../../../central/foreign-database.ts');
  const database = await openForeignDatabase(url, signal);
  if (!database.ok) return unreadable(database.error);
  if (from === 'idexx_sync_postgres') {
    const { openIdexxSync } = await import('./idexx-sync.ts');
    return openIdexxSync(database.value);
  }
  const { openMedic } = await import('./medic.ts');
  return openMedic(database.value);
};

const openFile = async (
  source: Extract<ImportSource, { file: string }>,
  { path, name }: { path: string; name: string },
  context: SourceContext,
): Promise<Opened> => {
  switch (source.from) {
    case 'medic_sqlite': {
      const { openForeignFile } = await import('../../../replica/foreign-file.ts');
      const database = openForeignFile(path, name);
      if (!database.ok) return unreadable(database.error);
      const { openMedic } = await import('./medic.ts');
      return openMedic(database.value);
    }
    case 'csv': {
      const { openCsv } = await import('./csv.ts');
      return openCsv(source, { path, name }, context);
    }
    default:
      return unreadable('not_this_kind', source.from);
  }
};
