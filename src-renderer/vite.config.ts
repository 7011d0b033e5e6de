import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { NONCE_PLACEHOLDER } from '../src-main/shell/pages.ts';

/** Set by `npm run dev`: the web shell that answers calls, and its token. */
const shell = process.env['ANTEROOM_DEV_SHELL'];
const token = process.env['ANTEROOM_DEV_TOKEN'];
const toShell = shell && {
  target: shell,
  changeOrigin: true,
  ws: true,
  headers: { authorization: `Bearer ${token}`, origin: shell },
};

/** The screens. Built once for both shells, which serve the result with a strict policy and a fresh nonce. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  html: { cspNonce: NONCE_PLACEHOLDER },
  server: {
    host: '127.0.0.1',
    strictPort: false,
    ...(toShell ? { proxy: { '/call': toShell, '/events': toShell } } : {}),
  },
});
