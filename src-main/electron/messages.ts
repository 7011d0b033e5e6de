import type { FileAnswer, FileRequest } from '../shell/files.ts';
import type { DeskOptions } from '../shell/options.ts';

/** From Electron's main process to the core's. A `connect` brings one end of a channel to a window. */
export type ToCore =
  | { kind: 'open'; options: DeskOptions }
  | { kind: 'connect' }
  | { kind: 'file'; id: number; request: FileRequest }
  | { kind: 'stop' };

/** From the core's process to main. */
export type FromCore =
  | { kind: 'ready' }
  | { kind: 'failed'; message: string }
  | { kind: 'file'; id: number; answer: FileAnswer };

/** Names on ipc between preload and main. */
export const CONNECT = 'anteroom-connect';
export const PORT = 'anteroom-port';
