import { createHash } from 'node:crypto';
import type { FileState } from '../contract/message.ts';

/** What a command may know of the files beside the replica, whose names are the SHA-256 of their bytes. */
export interface DeskFiles {
  /** How many bytes a file of this desk has; null where it is not here. */
  sizeOf(sha256: string): number | null;
  state(file: NamedFile): FileState;
  /** The bytes of a file; null where they are not here or are not what was stored. */
  read(sha256: string): Promise<Buffer | null>;
  /** Keeps some bytes; central gets them when it knows of a message that names them. Answers their name. */
  put(bytes: Uint8Array): Promise<string>;
  /** Begins to fetch a file from central, if there is a connection. */
  fetch(file: NamedFile): void;
  stopFetching(sha256: string): void;
}

export interface NamedFile {
  sha256: string;
  /** In bytes. */
  size: number;
}

/** A desk that keeps no files. */
const noFiles: DeskFiles = {
  sizeOf: () => null,
  state: () => ({ state: 'away', progress: null, online: false }),
  read: async () => null,
  put: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  fetch: () => undefined,
  stopFetching: () => undefined,
};

/** The files of a desk. */
export const filesOf = ({ files }: { files?: DeskFiles }): DeskFiles => files ?? noFiles;
