import { useRef, useState } from 'react';
import type { CallResult } from '../../../src-main/contract/calls.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toastProblem } from '../../app/toasts.tsx';

/** How far an export is. */
export interface ExportProgress {
  what: string;
  done: number;
  total: number;
}

/** Thrown inside a run that was stopped or refused; it has been told already. */
class Ended extends Error {}

/** What a run of an export does: asks for parts, and says how far it is. */
export interface ExportRun {
  /** The value of a call's answer; a refusal is told and ends the run, and so does a stop. */
  part: <T>(
    answer: Promise<{ ok: true; value: T } | Extract<CallResult<'undo'>, { ok: false }>>,
  ) => Promise<T>;
  progress: (progress: ExportProgress) => void;
}

/** Runs one export at a time, part by part, so that it can be stopped between two parts. */
export const useExport = () => {
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const running = useRef(0);

  const run = async (work: (run: ExportRun) => Promise<void>): Promise<void> => {
    running.current += 1;
    const mine = running.current;
    try {
      await work({
        part: async (answer) => {
          const result = await answer;
          if (running.current !== mine) throw new Ended();
          if (result.ok) return result.value;
          toastProblem(errorText(result.error, zone));
          throw new Ended();
        },
        progress: setProgress,
      });
    } catch (fault) {
      if (!(fault instanceof Ended)) throw fault;
    } finally {
      if (running.current === mine) setProgress(null);
    }
  };
  const stop = (): void => {
    running.current += 1;
    setProgress(null);
  };
  return { run, stop, progress };
};

/** A whole table as CSV, in parts of some hundred rows. */
export const tableText = async (
  { part, progress }: ExportRun,
  table: { name: string; rows: number },
  what: string,
): Promise<string[]> => {
  const texts: string[] = [];
  let done = 0;
  let after: string | undefined;
  do {
    progress({ what, done, total: Math.max(done, table.rows) });
    const piece = await part(call('exportTable', { table: table.name, ...(after ? { after } : {}) }));
    texts.push(piece.text);
    done += piece.rows;
    after = piece.next ?? undefined;
  } while (after !== undefined);
  return texts;
};

/** Writes a whole table into a folder of this desk, part by part. */
export const tableToFolder = async (
  { part, progress }: ExportRun,
  table: { name: string; rows: number },
  to: { folder: string; forExcel: boolean },
  what: string,
): Promise<void> => {
  let done = 0;
  let after: string | undefined;
  do {
    progress({ what, done, total: Math.max(done, table.rows) });
    const written = await part(
      call('exportTableToFolder', { ...to, table: table.name, ...(after ? { after } : {}) }),
    );
    done += written.rows;
    after = written.next ?? undefined;
  } while (after !== undefined);
};
