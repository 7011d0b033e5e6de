// Plain JavaScript without dependencies, so that any Node can read it and say what is missing.
// (The database driver needs Node-API 10 and ends an older Node without a word.)

import module from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

// On a machine with much memory Node lets short-lived objects pile up to 128 MB before it looks; loading the
// programs alone makes that many.
v8.setFlagsFromString('--max-semi-space-size=16');

const commands = {
  start: './start.ts',
  web: './web/main.ts',
  electron: './start-electron.ts',
  dev: './dev.ts',
  demo: './demo.ts',
  central: './central.ts',
  sample: './sample.ts',
  messages: './messages.ts',
  unsent: './unsent.ts',
  calls: './calls.ts',
  bench: '../test/bench/run.ts',
  faults: '../test/faults/run.ts',
  scale: '../test/scale/run.ts',
  inventory: './core/central/inventory.ts',
  test: '../test/run.ts',
};

const [name = '', ...args] = process.argv.slice(2);
const program = Object.hasOwn(commands, name) ? commands[name] : undefined;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const oldNode = Number(process.versions.napi ?? 0) < 10 || major < 22 || (major === 22 && minor < 18);

if (oldNode) {
  console.error(
    `Anteroom needs Node 22.18 or newer; this is Node ${process.versions.node}.\n` +
      'On Linux x64 `npm run …` brings its own; elsewhere install Node 24 from https://nodejs.org and try again.',
  );
  process.exitCode = 1;
} else if (!program) {
  console.error(`Usage: node src-main/run.mjs ${Object.keys(commands).join('|')} [options]`);
  process.exitCode = 2;
} else {
  // What was compiled once is kept beside the packages that it came from: nearly half of the time that loading takes.
  module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/anteroom', import.meta.url)));
  try {
    await import('./core/quick-imports.ts');
    const { main } = await import(program);
    await main(args);
  } catch (fault) {
    console.error(sentence(fault));
    process.exit(1);
  }
}

/** What a person can act on stands alone; a fault in Anteroom keeps its stack. */
function sentence(fault) {
  if (!(fault instanceof Error)) return String(fault);
  const forPeople = fault.name === 'Explained' || String(fault.code).startsWith('ERR_PARSE_ARGS');
  return withoutPasswords(String(forPeople ? fault.message : fault.stack));
}

/** A command line that is quoted, or a fault, may hold an address with a password. */
function withoutPasswords(text) {
  return text.replaceAll(/(\w+:\/\/[^\s:@/]*):[^\s@]*@/g, '$1:…@');
}
