import type { CentralConnection } from './connect.ts';

/** Bytes of one answer, so that progress can be told and a slow line is not taken for a dead one. */
const pieceBytes = 512 * 1024;

/** Which of these files, by their SHA-256, central has messages with and not the bytes. */
export const missingAttachments = async (
  central: CentralConnection,
  wanted: readonly string[],
): Promise<string[]> => {
  const [row] = await central.query<{ missing: string[] }>('select missing_attachments($1) as missing', [
    wanted,
  ]);
  return row?.missing ?? [];
};

/** Gives central a file's bytes; false where it has no message with that file. Repeated, it changes nothing. */
export const putAttachment = async (
  central: CentralConnection,
  sha256: string,
  bytes: Buffer,
): Promise<boolean> => {
  const [row] = await central.query<{ taken: boolean }>('select put_attachment($1, $2) as taken', [
    sha256,
    bytes,
  ]);
  return row?.taken ?? false;
};

/** Reads a file of `size` bytes, telling how many have come; null where central does not have it, or not whole. */
export const getAttachment = async (
  central: CentralConnection,
  { sha256, size }: { sha256: string; size: number },
  came: (bytes: number) => void,
): Promise<Buffer | null> => {
  const pieces: Buffer[] = [];
  let done = 0;
  while (done < size) {
    const [row] = await central.query<{ piece: Buffer | null }>(
      'select get_attachment($1, $2, $3) as piece',
      [sha256, done, pieceBytes],
    );
    if (!row?.piece || row.piece.length === 0) return null;
    pieces.push(row.piece);
    done += row.piece.length;
    came(done);
  }
  return Buffer.concat(pieces);
};
