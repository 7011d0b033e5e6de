import { defineConfig } from 'electron-vite';
import renderer from './src-renderer/vite.config.ts';

/** Packaging for Electron: TypeScript becomes JavaScript; packages stay outside and are loaded by Node. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: 'src-main/electron/main.ts',
          'core-process': 'src-main/electron/core-process.ts',
          'day-sheet-worker': 'src-main/core/printing/day-sheet-worker.ts',
          'rebuild-worker': 'src-main/core/sync/rebuild-worker.ts',
          'rekey-worker': 'src-main/core/replica/rekey-worker.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: 'src-main/electron/preload.ts' },
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    root: 'src-renderer',
    build: { ...renderer.build, outDir: 'out/renderer', rollupOptions: { input: 'src-renderer/index.html' } },
  },
});
