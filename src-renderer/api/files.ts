import { type Result, refuse } from '../../src-main/contract/errors.ts';
import type { StoredFile } from '../../src-main/contract/message.ts';

/** Gives the desk a file to keep, before the message that it belongs to. The same path in either shell. */
export const storeFile = async (file: File): Promise<Result<StoredFile>> => {
  try {
    const response = await fetch('/files', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
      body: file,
    });
    return (await response.json()) as Result<StoredFile>;
  } catch {
    return refuse('internal', { call: 'files' });
  }
};

/** Gives the desk a file to import, of any size: it goes to disk as it comes. `signal` breaks it off. */
export const giveImportFile = async (file: File, signal: AbortSignal): Promise<Result<{ file: string }>> => {
  try {
    const response = await fetch('/files/import', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
      body: file,
      signal,
    });
    return (await response.json()) as Result<{ file: string }>;
  } catch {
    return refuse('internal', { call: 'files/import' });
  }
};

/** Where a message's file can be looked at, or saved from. */
export const fileAddress = (attachmentId: string, how: 'shown' | 'saved'): string =>
  `/files/${attachmentId}${how === 'saved' ? '?download' : ''}`;

/** Browsers show a PDF in a page of its own. The desktop window opens no other page, and saves it. */
export const showsPdf = !navigator.userAgent.includes('Electron');
