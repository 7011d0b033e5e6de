import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addClinic, addDesk, initCentral, listClinics, type NewClinic } from '../core/central/admin.ts';
import { type Embedded, startEmbedded } from '../core/central/embedded.ts';
import type { DeskBackups } from '../core/desk-backups.ts';
import { Explained } from '../core/explained.ts';
import type { Log } from '../core/log.ts';
import { holdFile } from '../core/replica/hold.ts';
import { loadSample } from '../core/sample/load.ts';
import type { Secrets } from '../core/security/secrets.ts';
import { EmbeddedBackups } from './embedded-backups.ts';
import { DESK_URL, OWN_URL } from './secret-names.ts';

export interface SampleCentral {
  /** This desk's own connection URL, and what the secrets call it. */
  deskUrl: string;
  urlName: string;
  /** Adds a clinic beside the sample, and this desk to it. Answers the desk's connection URL there. */
  addClinic(clinic: NewClinic): Promise<string>;
  /** Leaves the embedded Postgres, which stops when its last user leaves. */
  stop(): Promise<void>;
}

/** The embedded central of a desk that has a clinic of its own in it, and the backups of all that is in there. */
export interface OwnEmbedded extends Pick<SampleCentral, 'deskUrl' | 'urlName' | 'stop'> {
  backups: DeskBackups;
}

/**
 * Starts the embedded central of this PC or joins it, fills it with the sample clinic when it is empty, and adds
 * this desk to it once.
 */
export const startSampleCentral = async (
  { data, desk, secrets }: { data: string; desk: string; secrets: Secrets },
  log: Log,
): Promise<SampleCentral> => {
  const embedded = value(await startEmbedded({ folder: join(data, 'central') }));
  if (embedded.note) log.info(embedded.note);
  try {
    const deskUrl = await onceAtATime(data, async () => {
      value(await initCentral(embedded.url));
      const clinicId = await sampleClinic(embedded.url, log);
      return ownUrl(embedded, clinicId, desk, secrets);
    });
    return {
      deskUrl,
      urlName: DESK_URL,
      addClinic: async (clinic) => {
        const clinicId = value(await addClinic(embedded.url, clinic));
        return addDeskByFreeName(embedded.url, clinicId, desk);
      },
      stop: () => embedded.stop(),
    };
  } catch (fault) {
    await embedded.stop();
    throw fault;
  }
};

const sampleClinic = async (url: string, log: Log): Promise<string> => {
  const there = value(await listClinics(url)).find((clinic) => clinic.isSample);
  if (there) return there.id;
  log.info('making the sample clinic');
  return (await loadSample(url)).clinicId;
};

/** Keeps the URL of a desk whose clinic of its own lies in the embedded central. */
export const keepEmbedded = (secrets: Secrets, deskUrl: string): Promise<void> =>
  secrets.set(OWN_URL, deskUrl);

/** Starts or joins the embedded central for a desk that has a clinic of its own in it; null where it has none. */
export const joinOwnEmbedded = async (
  { data, secrets }: { data: string; secrets: Secrets },
  log: Log,
): Promise<OwnEmbedded | null> => {
  const kept = await secrets.get(OWN_URL);
  if (!kept) return null;
  const folder = join(data, 'central');
  const embedded = value(await startEmbedded({ folder }));
  if (embedded.note) log.info(embedded.note);
  try {
    await onceAtATime(data, async () => value(await initCentral(embedded.url)));
    const backups = new EmbeddedBackups(folder, embedded.url, log);
    const stop = async (): Promise<void> => {
      await backups.close();
      await embedded.stop();
    };
    return { deskUrl: atPort(kept, embedded), urlName: OWN_URL, backups, stop };
  } catch (fault) {
    await embedded.stop();
    throw fault;
  }
};

/** The port may be another one than at the last start; role and password stay. */
const atPort = (kept: string, { port }: Embedded): string => {
  const url = new URL(kept);
  url.port = String(port);
  return url.href;
};

const ownUrl = async (
  embedded: Embedded,
  clinicId: string,
  desk: string,
  secrets: Secrets,
): Promise<string> => {
  const kept = await secrets.get(DESK_URL);
  if (kept) return atPort(kept, embedded);
  const url = await addDeskByFreeName(embedded.url, clinicId, desk);
  await secrets.set(DESK_URL, url);
  return url;
};

/** A desk whose folder was deleted comes back under its name with a number. */
const addDeskByFreeName = async (url: string, clinicId: string, desk: string): Promise<string> => {
  for (let number = 1; ; number++) {
    const name = number === 1 ? desk : `${desk} ${number}`;
    const added = await addDesk(url, { clinicId, name });
    if (added.ok || added.error.code !== 'name_in_use') return value(added).url;
  }
};

const RETRY_MS = 50;

/** Two desks that start together must not both fill the central. */
const onceAtATime = async <T>(data: string, work: () => Promise<T>): Promise<T> => {
  mkdirSync(data, { recursive: true });
  const file = join(data, 'setting-up');
  let release = holdFile(file);
  while (!release) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    release = holdFile(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
};

const value = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (result.ok) return result.value;
  throw new Explained(result.error.message);
};
