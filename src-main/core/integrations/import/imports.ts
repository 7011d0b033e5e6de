import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { ImportRun } from '../../../contract/imports.ts';
import type { Desk, Session } from '../../desk.ts';

type Answer<N extends 'importPreview' | 'startImport' | 'resumeImport'> = Promise<CallResult<N>>;

/** The imports of a desk: at most one is under way. */
export class Imports {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async preview(_session: Session, _input: ParsedInput<'importPreview'>): Answer<'importPreview'> {
    return refuse('import_unreadable', { code: 'not_this_kind', where: null });
  }

  async start(_session: Session, _input: ParsedInput<'startImport'>): Answer<'startImport'> {
    return refuse('import_unreadable', { code: 'not_this_kind', where: null });
  }

  async resume(_session: Session, { id }: ParsedInput<'resumeImport'>): Answer<'resumeImport'> {
    return refuse('not_found', { id });
  }

  runs(): ImportRun[] {
    return this.#desk.replica.statement('select id from import_runs').all() as ImportRun[];
  }
}

/** The calls about imports. */
export const importHandlers = (imports: Imports) => ({
  importPreview: (session: Session, input: ParsedInput<'importPreview'>) => imports.preview(session, input),
  startImport: (session: Session, input: ParsedInput<'startImport'>) => imports.start(session, input),
  importRuns: (): CallResult<'importRuns'> => ok(imports.runs()),
  importRun: (_session: Session, { id }: { id: string }): CallResult<'importRun'> =>
    refuse('not_found', { id }),
  pauseImport: (_session: Session, { id }: { id: string }): CallResult<'pauseImport'> =>
    refuse('not_found', { id }),
  resumeImport: (session: Session, input: ParsedInput<'resumeImport'>) => imports.resume(session, input),
  importFindings: (_session: Session, { id }: ParsedInput<'importFindings'>): CallResult<'importFindings'> =>
    refuse('not_found', { id }),
  exportFindings: (_session: Session, { id }: ParsedInput<'exportFindings'>): CallResult<'exportFindings'> =>
    refuse('not_found', { id }),
});
