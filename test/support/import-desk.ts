import type { ImportMapping, ImportRun, ImportSource } from '../../src-main/contract/imports.ts';
import { Imports, lineTo } from '../../src-main/core/integrations/import/imports.ts';
import type { Line } from '../../src-main/core/integrations/import/settle.ts';
import { noLog } from '../../src-main/core/log.ts';
import { clinicWithDesks, freshCentral, type TestCentral, type TestDesk } from './central.ts';
import { anyone, type LoneDesk } from './desk.ts';
import { type LiveDesk, liveDesk } from './live-desk.ts';
import { until } from './until.ts';

/** A central, and a desk of it that imports. */
export interface ImportClinic {
  central: TestCentral;
  clinicId: string;
  desks: TestDesk[];
  desk: LiveDesk;
  imports: Imports;
  drop(): Promise<void>;
}

export const importClinic = async (): Promise<ImportClinic> => {
  const central = await freshCentral();
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl);
  const desk = liveDesk(desks[0]?.url ?? '', { pollMs: 50 });
  await desk.quiet();
  desk.askCentral = (session, name, args) => desk.engine.ask(session, name, args);
  const imports = new Imports(desk, { line: lineTo(desk.engine), log: noLog });
  return {
    central,
    clinicId,
    desks,
    desk,
    imports,
    drop: async () => {
      await imports.close();
      await desk.dispose();
      await central.drop();
    },
  };
};

/** Where there is no central. */
export const offline: Line = {
  connected: () => false,
  rebuilding: () => false,
  onState: () => () => undefined,
};

/** The imports of a desk without central. */
export const importsOffline = (desk: LoneDesk): Imports => new Imports(desk, { line: offline, log: noLog });

/** Begins an import as somebody who may do everything. */
export const begin = async (
  imports: Imports,
  source: ImportSource,
  mapping: Partial<ImportMapping> = {},
): Promise<ImportRun> => {
  const started = await imports.start(anyone, { source, mapping: { doctors: {}, ...mapping } });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  return started.value;
};

/** Waits until an import is over, or stands still. */
export const over = (imports: Imports, id: string): Promise<ImportRun> =>
  until('the import is over', () => {
    const run = imports.one(id);
    return run.ok && run.value.status !== 'running' ? run.value : null;
  });

/** Waits until every row of an import was read; what central says to it may come later. */
export const allRead = (imports: Imports, id: string, table: string, rows: number): Promise<ImportRun> =>
  until('all is read', () => {
    const run = imports.one(id);
    const counts = run.ok && run.value.counts.find((one) => one.table === table);
    return run.ok && counts && counts.read === rows ? run.value : null;
  });

/** The counts of a run by table: `read/taken/known/left out`. */
export const tally = ({ counts }: ImportRun): Record<string, string> =>
  Object.fromEntries(
    counts.map(({ table, read, taken, known, leftOut }) => [table, [read, taken, known, leftOut].join('/')]),
  );
