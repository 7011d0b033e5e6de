import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { Desk, Session } from '../../desk.ts';
import { findingsAsCsv, readFindings } from './findings.ts';
import type { Imports } from './imports.ts';

/** The calls about imports. */
export const importHandlers = (desk: Desk, imports: Imports) => ({
  importPreview: (session: Session, input: ParsedInput<'importPreview'>) => imports.preview(session, input),
  startImport: (session: Session, input: ParsedInput<'startImport'>) => imports.start(session, input),
  importRuns: (): CallResult<'importRuns'> => ok(imports.all()),
  importRun: (_session: Session, { id }: { id: string }): CallResult<'importRun'> => imports.one(id),
  pauseImport: (_session: Session, { id }: { id: string }) => imports.pause(id),
  resumeImport: (session: Session, input: ParsedInput<'resumeImport'>) => imports.resume(session, input),
  importFindings: (
    _session: Session,
    { id, ...wanted }: ParsedInput<'importFindings'>,
  ): CallResult<'importFindings'> =>
    isRun(desk, id) ? ok(readFindings(desk.replica, id, wanted)) : refuse('not_found', { what: 'import' }),
  exportFindings: (
    _session: Session,
    { id, after, limit }: ParsedInput<'exportFindings'>,
  ): CallResult<'exportFindings'> => {
    if (!isRun(desk, id)) return refuse('not_found', { what: 'import' });
    const { findings, next } = readFindings(desk.replica, id, { after, limit });
    return ok({ text: findingsAsCsv(findings, after === undefined), rows: findings.length, next });
  },
});

const isRun = ({ replica }: Desk, id: string): boolean =>
  replica.statement('select 1 from import_runs where id = ?').get(id) !== undefined;
