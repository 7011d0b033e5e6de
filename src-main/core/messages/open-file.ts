import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { filesOf, type NamedFile } from '../desk-files.ts';

/** A file as its row has it. */
export interface FileRow extends NamedFile {
  fileName: string;
  mimeType: string;
}

/** The file of a message, unless it was taken away. */
export const findFile = ({ replica }: Desk, attachmentId: string): Result<FileRow> => {
  const row = replica
    .statement(
      `select sha256, size_bytes size, file_name fileName, mime_type mimeType from attachments
       where id = ? and deleted_at is null`,
    )
    .get(attachmentId) as FileRow | undefined;
  return row ? ok(row) : refuse('not_found', { what: 'file', id: attachmentId });
};

/** Where the bytes of a file are. */
export const fileState = (
  desk: Desk,
  _session: Session,
  { attachmentId }: ParsedInput<'fileState'>,
): CallResult<'fileState'> => {
  const file = findFile(desk, attachmentId);
  return file.ok ? ok(filesOf(desk).state(file.value)) : file;
};

/** Fetches a file from central, or stops. */
export const fetchFile = (
  desk: Desk,
  _session: Session,
  { attachmentId, stop }: ParsedInput<'fetchFile'>,
): CallResult<'fetchFile'> => {
  const file = findFile(desk, attachmentId);
  if (!file.ok) return file;
  const files = filesOf(desk);
  if (stop) files.stopFetching(file.value.sha256);
  else files.fetch(file.value);
  return ok(files.state(file.value));
};
