import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrashReports, type Fault } from '../../src-main/shell/crash-reports.ts';
import { openRecords } from '../../src-main/shell/records.ts';
import { temporaryFolder } from '../support/desk.ts';
import { runProgram } from '../support/program.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const fault: Fault = { part: 'core', fault: 'TypeError', code: null, frames: ['book src-main/x.ts:1:2'] };

describe('crash reports', () => {
  it('are told newest first until somebody has seen to them, and stay afterwards', () => {
    const reports = new CrashReports(join(folder.path, 'logs'));
    expect(reports.list()).toEqual([]);
    reports.keep(fault, ['{"message":"one"}']);
    reports.keep({ ...fault, fault: 'RangeError' }, []);
    expect(reports.list().map(({ report, isNew }) => [report.fault, isNew])).toEqual([
      ['RangeError', true],
      ['TypeError', true],
    ]);
    const next = new CrashReports(join(folder.path, 'logs'));
    next.settle();
    reports.keep({ ...fault, fault: 'SyntaxError' }, []);
    expect(next.list().map(({ report, isNew }) => [report.fault, isNew])).toEqual([
      ['SyntaxError', true],
      ['RangeError', false],
      ['TypeError', false],
    ]);
  });

  it('are for this user only, twenty at most, and one that was cut off is passed over', () => {
    const logs = join(folder.path, 'logs');
    const reports = new CrashReports(logs);
    for (let count = 0; count < 25; count += 1) reports.keep({ ...fault, code: `E${count}` }, []);
    expect(reports.list().map(({ report }) => report.code)).toHaveLength(20);
    const names = readdirSync(logs).sort();
    expect(statSync(join(logs, names[0] ?? '')).mode & 0o777).toBe(0o600);
    writeFileSync(join(logs, names.at(-1) ?? ''), '{"id":');
    expect(reports.list()).toHaveLength(19);
  });

  it('cost nothing but themselves where the folder cannot be written', () => {
    writeFileSync(join(folder.path, 'logs'), 'in the way');
    const reports = new CrashReports(join(folder.path, 'logs'));
    reports.keep(fault, []);
    expect(reports.list()).toEqual([]);
    reports.settle();
  });
});

describe('a desk that ends by a fault that nobody caught', () => {
  it.each(['throws', 'rejects'])('leaves a report without the fault’s words: it %s', async (how) => {
    const { code, said } = await runProgram('crashes', [folder.path, how]);
    expect(code).toBe(70);
    expect(said).not.toContain('Kanarinos');
    const [crash, ...more] = openRecords({ data: folder.path, desk: 'Front' }).crashes();
    expect(more).toEqual([]);
    expect(crash).toMatchObject({
      isNew: true,
      report: { part: 'core', fault: 'RangeError', code: 'E_ODD' },
    });
    expect(crash?.report.frames[0]).toMatch(/crashes\.ts:\d+:\d+$/);
    expect(crash?.report.lines.map((line) => JSON.parse(line).message)).toEqual([
      'at work',
      'Anteroom ends by a fault',
    ]);
    expect(JSON.stringify(crash)).not.toContain('Kanarinos');
  });
});
