import { Imports } from '../../../src-main/core/integrations/import/imports.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { anyone, deskOnFile } from '../desk.ts';

// Imports patients from a CSV file without a connection, or goes on with that, and says how far it is.
const [file = '', key = '', csv = ''] = process.argv.slice(2);
const desk = deskOnFile(file, Buffer.from(key, 'hex'));
const line = { connected: () => false, rebuilding: () => false, onState: () => () => undefined };
const imports = new Imports(desk, { line, log: noLog });
const [left] = imports.all();
const begun = left
  ? await imports.resume(anyone, { id: left.id })
  : await imports.start(anyone, { source: { from: 'csv', kind: 'patients', file: csv } });
if (!begun.ok) throw new Error(begun.error.code);
desk.replica.onTablesChanged((tables) => {
  if (tables.has('import_runs')) process.stdout.write(`${imports.all()[0]?.counts[0]?.read ?? 0}\n`);
});
setInterval(() => undefined, 1_000);
