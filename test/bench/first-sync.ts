import type { BenchResult } from './result.ts';
import { figure, round } from './result.ts';
import { type Setting, say } from './setting.ts';

/** Central to an empty replica, all indexes and search ready, beside COPY into plain SQLite. */
export const firstSync = async (setting: Setting): Promise<BenchResult> => {
  const clinic = await setting.clinic();
  say('Copying into plain SQLite, the limit …');
  // First, so that the desk's reading is not the one of a cold central.
  const plain = await setting.plainCopyOf(clinic);
  const { report } = await setting.replica();
  const rate = (one: { rows: number; ms: number }) => (one.rows / one.ms) * 1000;
  const ratio = rate(report) / rate(plain);
  return {
    bench: 'first-sync',
    n: report.rows,
    rows_per_s: round(rate(report)),
    limit: round(rate(plain)),
    limit_is: 'rows/s of COPY sorted by key into plain SQLite, indexes afterwards, no search',
    ratio: round(ratio),
    goal: 'ratio 0.7, under 300 MB, no wait over 50 ms',
    met: ratio >= 0.7 && report.rssMb < 300 && report.stallMs < 50,
    measured: `${figure(rate(report))} rows/s, ${Math.round(report.rssMb)} MB, longest stall of the desk core ${round(report.stallMs)} ms`,
    more: {
      seconds: round(report.ms / 1000),
      memory_mb: Math.round(report.rssMb),
      limit_memory_mb: Math.round(plain.rssMb),
      longest_stall_ms: round(report.stallMs),
    },
  };
};
