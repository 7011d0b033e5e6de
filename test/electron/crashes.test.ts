import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reportCrashes } from '../../src-main/electron/crashes.ts';
import { CrashReports } from '../../src-main/shell/crash-reports.ts';
import { REPORTED_EXIT } from '../../src-main/shell/records.ts';
import { temporaryFolder } from '../support/desk.ts';
import { standInElectron } from './stand-in.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const watched = () => {
  const { electron, app, seen } = standInElectron();
  const program = new EventEmitter();
  const reports = new CrashReports(folder.path);
  const clock = { ms: 1_000_000 };
  type Electron = Parameters<typeof reportCrashes>[0];
  reportCrashes(electron as unknown as Electron, program, reports, () => clock.ms);
  const contents = { reloads: 0, reload: () => contents.reloads++ };
  return { app, seen, program, reports, clock, contents };
};

it('a window whose process is gone is drawn anew, with a report, and not for ever', () => {
  const { app, reports, clock, contents } = watched();
  app.emit('render-process-gone', {}, contents, { reason: 'clean-exit', exitCode: 0 });
  expect([reports.list(), contents.reloads]).toEqual([[], 0]);
  app.emit('render-process-gone', {}, contents, { reason: 'oom', exitCode: 9 });
  expect(reports.list()).toMatchObject([
    { report: { part: 'window', fault: 'oom', code: '9' }, isNew: true },
  ]);
  expect(contents.reloads).toBe(1);
  app.emit('render-process-gone', {}, contents, { reason: 'crashed', exitCode: 11 });
  expect([reports.list().length, contents.reloads]).toEqual([2, 1]);
  clock.ms += 60_000;
  app.emit('render-process-gone', {}, contents, { reason: 'crashed', exitCode: 11 });
  expect(contents.reloads).toBe(2);
});

it('a core that ended without a word gets a report, and one that wrote its own no second one', () => {
  const { app, reports } = watched();
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'abnormal-exit', exitCode: REPORTED_EXIT });
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
  expect(reports.list()).toEqual([]);
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed', exitCode: 139 });
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'killed', exitCode: 15 });
  expect(reports.list().map(({ report: { part, fault } }) => [part, fault])).toEqual([
    ['shell', 'killed'],
    ['core', 'crashed'],
  ]);
});

it('a fault in the shell ends it with a report, and says so without the fault’s words', () => {
  const { seen, program, reports } = watched();
  program.emit('uncaughtException', new RangeError('Μαρία Παπαδοπούλου is too long'));
  expect(reports.list()).toMatchObject([{ report: { part: 'shell', fault: 'RangeError' } }]);
  expect(JSON.stringify(reports.list())).not.toContain('Μαρία');
  expect(seen.errors).toEqual(['A report of why is kept on this PC. Please start it again.']);
  expect(seen.exits).toEqual([REPORTED_EXIT]);
});
