import { type FileKind, fileKinds, MAX_FILE_BYTES } from '../../contract/message.ts';

/** Why a file is not taken. */
export type FileFault = 'empty' | 'too_large' | 'not_allowed' | 'not_what_it_says';

const begins = (bytes: Uint8Array, signature: string, at = 0): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(signature.length, bytes.length - at)).toString(
    'latin1',
  ) === signature;

const contains = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(text, 0, 'latin1');

/** Text is what UTF-8 can read, without control signs; a script that says so in its first line is none. */
const isText = (bytes: Uint8Array): boolean => {
  if (begins(bytes, '#!') || bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

const isZip = (bytes: Uint8Array): boolean => begins(bytes, 'PK\x03\x04');
const isOffice = (bytes: Uint8Array): boolean => isZip(bytes) && contains(bytes, '[Content_Types].xml');
const isOpenDocument = (bytes: Uint8Array): boolean =>
  isZip(bytes) && begins(bytes, 'mimetypeapplication/vnd.oasis.opendocument.', 30);

/** Whether some bytes are of a kind, by the signature that the kind has. */
const looksLike: Record<FileKind, (bytes: Uint8Array) => boolean> = {
  'image/png': (bytes) => begins(bytes, '\x89PNG\r\n\x1a\n'),
  'image/jpeg': (bytes) => begins(bytes, '\xff\xd8\xff'),
  'image/gif': (bytes) => begins(bytes, 'GIF87a') || begins(bytes, 'GIF89a'),
  'image/webp': (bytes) => begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8),
  'application/pdf': (bytes) => begins(bytes, '%PDF-'),
  'text/plain': isText,
  'text/csv': isText,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': isOffice,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': isOffice,
  'application/vnd.oasis.opendocument.text': isOpenDocument,
  'application/vnd.oasis.opendocument.spreadsheet': isOpenDocument,
  'application/dicom': (bytes) => begins(bytes, 'DICM', 128),
};

const kinds = Object.keys(fileKinds) as FileKind[];
const imageKinds = kinds.filter((kind) => kind.startsWith('image/'));

/**
 * What kind of file this is, by its name and its first bytes: never by what its sender calls it. A photograph may go by
 * another image's name, since telephones do that.
 */
export const kindOfFile = (fileName: string, bytes: Uint8Array): FileKind | FileFault => {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > MAX_FILE_BYTES) return 'too_large';
  const end = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const named = kinds.find((kind) => (fileKinds[kind] as readonly string[]).includes(end));
  if (!named) return 'not_allowed';
  const mayBe = imageKinds.includes(named) ? imageKinds : [named];
  return mayBe.find((kind) => looksLike[kind](bytes)) ?? 'not_what_it_says';
};

/** A file's name without folders and without signs that are not seen, which could make `exe.pdf` read `fdp.exe`. */
export const cleanFileName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}<>:"|?*]/gu, '').trim();
  const end = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, clean.length - end.length).slice(0, 200) + end;
};
