import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { places } from '../../src-main/core/places.ts';
import { type Accepted, accepted } from './accepted.ts';

/** `npm audit --json`, version 2, as far as it is read. */
export interface AuditReport {
  vulnerabilities: Record<string, { name: string; via: (string | Via)[]; nodes: string[] }>;
}

interface Via {
  title: string;
  url: string;
  severity: string;
}

/** package-lock.json as far as it is read; `dev` marks what no installed app has. */
export interface LockFile {
  packages: Record<string, { dev?: boolean }>;
}

/** A known hole in a package. */
export interface Finding {
  package: string;
  advisory: string;
  severity: string;
  title: string;
}

export interface Judged {
  open: Finding[];
  accepted: (Finding & Accepted)[];
  /** Accepted ones that nothing matches any more: to be taken out of the list. */
  settled: Accepted[];
}

/** A development package to npm, and yet the frame of the desktop app. */
const shipsAnyway = ['electron'];

/** The known holes in what ships, less those that are accepted on this day (`2026-11-22`). */
export const judge = (
  { vulnerabilities }: AuditReport,
  { packages }: LockFile,
  list: readonly Accepted[],
  today: string,
): Judged => {
  const ships = (name: string, nodes: string[]): boolean =>
    shipsAnyway.includes(name) || nodes.some((node) => packages[node]?.dev !== true);
  const findings = Object.values(vulnerabilities)
    .filter(({ name, nodes }) => ships(name, nodes))
    .flatMap(({ name, via }) => via.flatMap((one) => (typeof one === 'string' ? [] : [finding(name, one)])));
  const judged: Judged = { open: [], accepted: [], settled: [] };
  for (const one of findings) {
    const entry = list.find(({ advisory, until }) => advisory === one.advisory && today <= until);
    if (entry) judged.accepted.push({ ...one, ...entry });
    else judged.open.push(one);
  }
  judged.settled = list.filter(({ advisory }) => !findings.some((one) => one.advisory === advisory));
  return judged;
};

const finding = (name: string, { title, url, severity }: Via): Finding => ({
  package: name,
  advisory: url.split('/').at(-1) ?? url,
  severity,
  title,
});

/**
 * Asks the registry for the known holes in what ships and says what it found. `skipped` where the registry gives no
 * advisories or there is no network: that is no news about the packages.
 */
export const auditDependencies = (): 'passed' | 'failed' | 'skipped' => {
  const answer = askNpm();
  if (!('vulnerabilities' in answer)) {
    console.log(`skipped: the registry gave no advisories (${answer.reason})`);
    return 'skipped';
  }
  const lock = JSON.parse(readFileSync(join(places.root, 'package-lock.json'), 'utf8')) as LockFile;
  const judged = judge(answer, lock, accepted, new Date().toISOString().slice(0, 10));
  for (const { advisory } of judged.settled)
    console.log(`${advisory} is settled: take it out of accepted.ts`);
  for (const one of judged.accepted) console.log(`accepted until ${one.until}: ${line(one)}: ${one.reason}`);
  for (const one of judged.open) console.error(`known hole: ${line(one)}`);
  if (judged.open.length > 0) return 'failed';
  console.log('No known hole in what ships.');
  return 'passed';
};

const line = (one: Finding): string => `${one.package}: ${one.title} (${one.severity}, ${one.advisory})`;

const askNpm = (): AuditReport | { reason: string } => {
  const args = ['audit', '--json', '--fetch-retries=1', '--fetch-timeout=15000'];
  // Set where npm started this; by itself, npm is a script that Windows starts by a shell only.
  const npm = process.env['npm_execpath'];
  const { stdout, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  return readAnswer(stdout ?? '', error?.message ?? 'npm said nothing');
};

const options = { cwd: places.root, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 } as const;

/** What npm printed: a report, or why there is none. */
export const readAnswer = (stdout: string, otherwise: string): AuditReport | { reason: string } => {
  try {
    const answer = JSON.parse(stdout) as Partial<AuditReport> & { message?: string };
    const { vulnerabilities } = answer;
    return vulnerabilities
      ? { vulnerabilities }
      : { reason: answer.message?.split(' - ', 1)[0] ?? otherwise };
  } catch {
    return { reason: otherwise };
  }
};
