import { v7 as newId } from 'uuid';
import { type CentralConnection, connectCentral } from '../connect.ts';

/** A backup as central remembers it. */
export interface BackupRecord {
  madeAt: Date;
  bytes: number;
  checkedAt: Date | null;
}

/** Remembers that a backup was made. The backup itself does not know of itself. */
export const noteBackup = async (
  connection: CentralConnection,
  { bytes, sha256 }: { bytes: number; sha256: string },
): Promise<void> => {
  await connection.query('insert into backups (id, bytes, sha256) values ($1, $2, $3)', [
    newId(),
    bytes,
    sha256,
  ]);
};

/** Remembers that a backup was restored for a try; one that this central does not know is passed over. */
export const noteChecked = async (ownerUrl: string, sha256: string): Promise<boolean> =>
  withOwner(ownerUrl, async (connection) => {
    const found = await connection.query(
      'update backups set checked_at = now() where sha256 = $1 returning id',
      [sha256],
    );
    return found.length > 0;
  });

/** The last backups, newest first. */
export const listBackups = (ownerUrl: string): Promise<BackupRecord[]> =>
  withOwner(ownerUrl, async (connection) => {
    const rows = await connection.query<{ madeAt: Date; bytes: string; checkedAt: Date | null }>(
      `select created_at as "madeAt", bytes, checked_at as "checkedAt" from backups
       order by created_at desc, id desc limit 20`,
    );
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
  });

const withOwner = async <T>(
  ownerUrl: string,
  work: (connection: CentralConnection) => Promise<T>,
): Promise<T> => {
  const connected = await connectCentral(ownerUrl, { application: 'anteroom-backup' });
  if (!connected.ok) throw new Error(connected.error.code);
  try {
    return await work(connected.value);
  } finally {
    await connected.value.close();
  }
};
