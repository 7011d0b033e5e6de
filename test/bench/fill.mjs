import v8 from 'node:v8';

// Runs a program as `run.mjs` runs every command.
v8.setFlagsFromString('--max-semi-space-size=16');
await import('../../src-main/core/quick-imports.ts');
await import(process.argv[2]);
