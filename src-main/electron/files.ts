import { Readable } from 'node:stream';
import { type FileAnswer, type FileRequest, isFilePath, MAX_UPLOAD_BYTES } from '../shell/files.ts';
import { IMPORT_PATH, receiveImport } from '../shell/import-upload.ts';
import { isPage } from './policy.ts';

/** Whether a request of the window is for a file of a message, and not for the screens. */
export const isFileRequest = ({ url }: Request): boolean => isPage(url) && isFilePath(new URL(url).pathname);

/** Passes a request for a file on to the core's process, which has them, and its answer back. */
export const serveFile = async (
  request: Request,
  ask: (request: FileRequest) => Promise<FileAnswer>,
): Promise<Response> => {
  const { pathname, search } = new URL(request.url);
  const asked = {
    method: request.method,
    address: `${pathname}${search}`,
    contentType: request.headers.get('content-type') ?? '',
    fileName: request.headers.get('x-file-name') ?? '',
  };
  const { status, headers, body: answer } = await (pathname === IMPORT_PATH ? toDisk() : toCore());
  return new Response(typeof answer === 'string' ? answer : new Uint8Array(answer), { status, headers });

  async function toCore(): Promise<FileAnswer> {
    const body = new Uint8Array(await request.arrayBuffer());
    return ask({ ...asked, body: body.length > MAX_UPLOAD_BYTES ? null : body });
  }

  async function toDisk(): Promise<FileAnswer> {
    const placed = await ask({ ...asked, body: new Uint8Array() });
    return receiveImport(placed, Readable.from(request.body ?? []));
  }
};
