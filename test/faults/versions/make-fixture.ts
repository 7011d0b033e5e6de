/**
 * Makes the fixtures of earlier programs anew: `node test/faults/versions/make-fixture.ts`. Each is the desk core of a
 * commit of this repository, bundled with Vite and minified; packages stay outside and are those that are installed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { places } from '../../../src-main/core/places.ts';
import { earlierVersions, type Fixture, fixtureFile, migrationsIn } from './fixture.ts';

/** What the tests use of an earlier program. */
const entry = `
export { openFrontDesk } from './src-main/core/front-desk.ts';
export { addClinic, addDesk, initCentral } from './src-main/core/central/admin.ts';
`;

const git = (...args: string[]): void => {
  execFileSync('git', args, { cwd: places.root, stdio: 'inherit' });
};

const bundle = async (tree: string): Promise<Record<string, string>> => {
  writeFileSync(join(tree, 'fixture-entry.ts'), entry);
  await build({
    root: tree,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node22',
      minify: true,
      outDir: 'bundle',
      rollupOptions: {
        input: {
          core: join(tree, 'fixture-entry.ts'),
          'rebuild-worker': join(tree, 'src-main/core/sync/rebuild-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  const folder = join(tree, 'bundle');
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
};

for (const [version, commit] of Object.entries(earlierVersions)) {
  const scratch = mkdtempSync(join(tmpdir(), 'anteroom-earlier-'));
  const tree = join(scratch, 'tree');
  git('worktree', 'add', '--detach', tree, commit);
  try {
    symlinkSync(join(places.root, 'node_modules'), join(tree, 'node_modules'));
    const fixture: Fixture = {
      files: await bundle(tree),
      central: migrationsIn(join(tree, 'drizzle/central')),
      replica: migrationsIn(join(tree, 'drizzle/replica')),
    };
    const text = JSON.stringify(fixture);
    if (text.includes(scratch) || text.includes(places.root))
      throw new Error('The bundle holds a path of this machine.');
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    writeFileSync(fixtureFile(Number(version)), brotliCompressSync(text, options));
  } finally {
    git('worktree', 'remove', '--force', tree);
    rmSync(scratch, { recursive: true });
  }
}
