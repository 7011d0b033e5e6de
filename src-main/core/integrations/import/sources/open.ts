import type { ImportSource } from '../../../../contract/imports.ts';
import type { TextDatabase } from '../../../foreign-rows.ts';
import { type Opened, type SourceContext, SourceFault, unreadable } from '../source.ts';

/**
 * Opens what an import reads from, with what that kind of source takes loaded only then. A file or server that is none of
 * its kind is told as `not_this_kind`, with the table or column that is missing.
 */
export const openSource = async (source: ImportSource, context: SourceContext): Promise<Opened> => {
  try {
    if ('url' in source) return await openDatabase(source, context);
    const file = context.fileOf(source.file);
    return file === null ? unreadable('file_missing') : await openFile(source, file, context);
  } catch (fault) {
    if (fault instanceof SourceFault) return { ok: false, error: fault.error };
    throw fault;
  }
};

const openDatabase = async (
  { from, url }: Extract<ImportSource, { url: string }>,
  { signal }: SourceContext,
): Promise<Opened> => {
  if (from === 'mysql_server') {
    const { openMysqlServer } = await import('../mysql/server.ts');
    const server = await openMysqlServer(url, signal);
    return server.ok ? openMysqlClinic(server.value) : unreadable(server.error);
  }
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
    case 'mysql_dump': {
      const { openMysqlDump } = await import('../mysql/dump.ts');
      return openMysqlClinic(await openMysqlDump(path, name, context.zone));
    }
    case 'messages': {
      const { openMessages } = await import('../messages-file.ts');
      return openMessages(path, name);
    }
  }
};

const openMysqlClinic = async (database: TextDatabase): Promise<Opened> =>
  (await import('../mysql/clinic.ts')).openMysqlClinic(database);
