/*
 * What a backup holds: a tar archive, compressed by gzip and encrypted in age's format, so that
 * `age -d FILE | tar xz` shows it to whoever has the passphrase.
 */

/** The first entry. */
export const manifestName = 'anteroom.json';
/** The owner's password, as it lies beside the cluster. */
export const passwordName = 'password';
/** Everything of the cluster lies below it. */
export const dataName = 'data';

const format = 'anteroom-backup';
const version = 1;

export interface Manifest {
  format: string;
  version: number;
  /** ISO 8601 UTC. */
  madeAt: string;
  /** Where desks of this computer were used to find it. */
  port: number;
  /** Size of what is packed, for telling how far an unpacking is. */
  bytes: number;
}

export const manifestOf = (facts: Pick<Manifest, 'madeAt' | 'port' | 'bytes'>): string =>
  `${JSON.stringify({ format, version, ...facts } satisfies Manifest, null, 2)}\n`;

/** What the manifest says; `not_ours` or `other_version` where this program cannot read it. */
export const readManifest = (text: string): Manifest | 'not_ours' | 'other_version' => {
  try {
    const read = JSON.parse(text) as Partial<Manifest> | null;
    if (read?.format !== format) return 'not_ours';
    if (read.version !== version) return 'other_version';
    const { madeAt = '', port = 0, bytes = 0 } = read;
    return { format, version, madeAt: String(madeAt), port: Number(port), bytes: Number(bytes) };
  } catch {
    return 'not_ours';
  }
};
