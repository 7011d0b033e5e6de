import { ok, type Result, refuse } from '../contract/errors.ts';
import { type FileKind, MAX_FILE_BYTES, type StoredFile } from '../contract/message.ts';
import type { FrontDesk, Session } from '../core/front-desk.ts';
import { safetyHeaders } from './pages.ts';

/** The two calls of a desk that carry bytes, for who acts at it. */
export interface DeskFileCalls {
  take(fileName: string, bytes: Buffer): Promise<Result<StoredFile>>;
  give(attachmentId: string): Promise<Result<{ fileName: string; mimeType: FileKind; bytes: Buffer }>>;
  /** Where a file that is to be imported goes. */
  place(fileName: string): Promise<Result<{ file: string; path: string }>>;
}

/** The same for whoever asks, with their session first. */
export type SessionFileCalls = Pick<FrontDesk['files'], 'take' | 'give' | 'place'>;

/** What one session may do with the desk's files. */
export const filesFor = (files: SessionFileCalls, session: Session): DeskFileCalls => ({
  take: (fileName, bytes) => files.take(session, fileName, bytes),
  give: (attachmentId) => files.give(session, attachmentId),
  place: (fileName) => files.place(session, fileName),
});

/** A request for `/files` or `/files/ID`, whatever brought it. */
export interface FileRequest {
  method: string;
  /** With its query. */
  address: string;
  contentType: string;
  /** `x-file-name`: percent-encoded UTF-8, since headers carry no Greek. */
  fileName: string;
  /** Null where it is larger than any file that is taken. */
  body: Uint8Array | null;
}

export interface FileAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

export const isFilePath = (path: string): boolean => path === '/files' || path.startsWith('/files/');

/** The most that is read of a request's body; one byte more is too large. */
export const MAX_UPLOAD_BYTES = MAX_FILE_BYTES;

/**
 * Answers `POST /files` with the stored file, and `GET /files/ID` (`?download`) with its bytes. `POST /files/import` is
 * answered with where the file goes, for the shell that has its bytes (`receiveImport`).
 */
export const answerFile = (files: DeskFileCalls, request: FileRequest): Promise<FileAnswer> | FileAnswer => {
  const url = new URL(request.address, 'http://desk');
  if (url.pathname === '/files') {
    return request.method === 'POST' ? take(files, request) : notThatWay('POST');
  }
  if (url.pathname === '/files/import')
    return request.method === 'POST' ? place(files, request) : notThatWay('POST');
  if (request.method !== 'GET' && request.method !== 'HEAD') return notThatWay('GET');
  return give(files, url.pathname.slice('/files/'.length), url.searchParams.has('download'));
};

/** What a file that comes is called; or why it is not taken. */
const nameOf = ({ contentType, fileName }: FileRequest): Result<string> => {
  // No form can send this kind, so no other page can without asking first.
  if (contentType !== 'application/octet-stream') return refuse('invalid_input', { reason: 'content-type' });
  const name = decoded(fileName);
  return name === null ? refuse('invalid_input', { reason: 'x-file-name' }) : ok(name);
};

const place = async (files: DeskFileCalls, request: FileRequest): Promise<FileAnswer> => {
  const name = nameOf(request);
  return name.ok ? json(200, await files.place(name.value)) : json(400, name);
};

const take = async (files: DeskFileCalls, request: FileRequest): Promise<FileAnswer> => {
  const name = nameOf(request);
  if (!name.ok) return json(name.error.details['reason'] === 'content-type' ? 415 : 400, name);
  const fileName = name.value;
  if (request.body === null) return json(413, refuse('file_refused', { reason: 'too_large', fileName }));
  return json(200, await files.take(fileName, Buffer.from(request.body)));
};

const give = async (files: DeskFileCalls, id: string, download: boolean): Promise<FileAnswer> => {
  const given = await files.give(id);
  if (!given.ok) return json(given.error.code === 'internal' ? 500 : 404, given);
  const { fileName, mimeType, bytes } = given.value;
  return { status: 200, headers: fileHeaders(fileName, mimeType, download), body: bytes };
};

/**
 * A file is shown as what it is or saved, and never run: it may load nothing, has no origin of its own, and no page can
 * frame it. The viewer that a browser has for PDF works in no sandbox; it runs in a process of its own.
 */
const fileHeaders = (fileName: string, kind: FileKind, download: boolean): Record<string, string> => {
  const isPdf = kind === 'application/pdf';
  const isShown = (kind.startsWith('image/') || isPdf) && !download;
  return {
    ...safetyHeaders,
    'content-type': kind.startsWith('text/') ? 'text/plain; charset=utf-8' : kind,
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(fileName)}`,
    'content-security-policy': `default-src 'none'; ${isPdf ? '' : 'sandbox; '}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
  };
};

/** RFC 8187. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** A result as the answer to a request. */
export const json = (status: number, result: Result<unknown>): FileAnswer => ({
  status,
  headers: { ...safetyHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(result),
});

const notThatWay = (allow: string): FileAnswer => ({
  status: 405,
  headers: { ...safetyHeaders, allow },
  body: '',
});
