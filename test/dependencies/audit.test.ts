import { describe, expect, it } from 'vitest';
import { accepted } from './accepted.ts';
import { type AuditReport, judge, type LockFile, readAnswer } from './audit.ts';

const hole = (advisory: string) => ({
  title: 'Lets anybody in',
  url: `https://github.com/advisories/${advisory}`,
  severity: 'high',
});
const report: AuditReport = {
  vulnerabilities: {
    ws: { name: 'ws', via: [hole('GHSA-1111-1111-1111')], nodes: ['node_modules/ws'] },
    vite: { name: 'vite', via: [hole('GHSA-2222-2222-2222')], nodes: ['node_modules/vite'] },
    electron: { name: 'electron', via: [hole('GHSA-3333-3333-3333')], nodes: ['node_modules/electron'] },
    pg: { name: 'pg', via: ['ws'], nodes: ['node_modules/pg'] },
  },
};
const lock: LockFile = {
  packages: {
    'node_modules/ws': {},
    'node_modules/pg': {},
    'node_modules/vite': { dev: true },
    'node_modules/electron': { dev: true },
  },
};
const today = '2026-11-22';
const advisories = (list: { advisory: string }[]) => list.map(({ advisory }) => advisory);

describe('a known hole', () => {
  it('in what ships is found, Electron’s too, and one in a tool is not', () => {
    expect(advisories(judge(report, lock, [], today).open)).toEqual([
      'GHSA-1111-1111-1111',
      'GHSA-3333-3333-3333',
    ]);
  });

  it('may be left open for a reason and until a day, and no longer', () => {
    const list = [{ advisory: 'GHSA-1111-1111-1111', reason: 'no sender reaches it', until: '2026-11-22' }];
    expect(advisories(judge(report, lock, list, '2026-11-22').open)).toEqual(['GHSA-3333-3333-3333']);
    expect(judge(report, lock, list, '2026-11-22').accepted).toMatchObject([
      { reason: 'no sender reaches it' },
    ]);
    expect(advisories(judge(report, lock, list, '2026-11-23').open)).toContain('GHSA-1111-1111-1111');
  });

  it('that is gone is to leave the list', () => {
    const list = [{ advisory: 'GHSA-9999-9999-9999', reason: 'none', until: '2027-01-01' }];
    expect(judge(report, lock, list, today).settled).toEqual(list);
  });

  it('that is accepted has a reason and an end within a year', () => {
    const inAYear = new Date(Date.now() + 366 * 86_400_000).toISOString().slice(0, 10);
    for (const { advisory, reason, until } of accepted) {
      expect(advisory).toMatch(/^GHSA(-[0-9a-z]{4}){3}$/);
      expect(reason.length).toBeGreaterThan(20);
      expect(until <= inAYear).toBe(true);
    }
  });
});

describe('a registry', () => {
  it('that gives no advisories is no news about the packages', () => {
    expect(readAnswer('{"message":"405 Method Not Allowed - POST https://x","error":{}}', '')).toEqual({
      reason: '405 Method Not Allowed',
    });
    expect(readAnswer('', 'spawn npm ENOENT')).toEqual({ reason: 'spawn npm ENOENT' });
  });

  it('that gives some is read', () => {
    expect(readAnswer(JSON.stringify({ auditReportVersion: 2, ...report }), '')).toEqual(report);
  });
});
