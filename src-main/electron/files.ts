import { type FileAnswer, type FileRequest, isFilePath, MAX_UPLOAD_BYTES } from '../shell/files.ts';
import { isPage } from './policy.ts';

/** Whether a request of the window is for a file of a message, and not for the screens. */
export const isFileRequest = ({ url }: Request): boolean => isPage(url) && isFilePath(new URL(url).pathname);

/** Passes a request for a file on to the core's process, which has them, and its answer back. */
export const serveFile = async (
  request: Request,
  ask: (request: FileRequest) => Promise<FileAnswer>,
): Promise<Response> => {
  const { pathname, search } = new URL(request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  const {
    status,
    headers,
    body: answer,
  } = await ask({
    method: request.method,
    address: `${pathname}${search}`,
    contentType: request.headers.get('content-type') ?? '',
    fileName: request.headers.get('x-file-name') ?? '',
    body: body.length > MAX_UPLOAD_BYTES ? null : body,
  });
  return new Response(typeof answer === 'string' ? answer : new Uint8Array(answer), { status, headers });
};
