import { setTimeout as pause } from 'node:timers/promises';
import { ok, type Result, refuse } from '../contract/errors.ts';
import type { OwnClinic } from '../contract/set-up.ts';
import { Explained } from '../core/explained.ts';
import type { Log } from '../core/log.ts';
import type { Secrets } from '../core/security/secrets.ts';
import { type DeskFolder, openSecrets, ownFolder } from './desk-folder.ts';
import { type Leaving as LeavingDesk, type OpenDesk, openDesk, type ShellParts } from './open-desk.ts';
import type { DeskOptions } from './options.ts';
import { keepEmbedded, type SampleCentral } from './sample-central.ts';

export interface Leaving {
  options: DeskOptions;
  log: Log;
  parts: ShellParts;
  sample: SampleCentral;
  onWipe: NonNullable<LeavingDesk['onWipe']>;
}

/**
 * Makes a clinic in the embedded central, beside the sample, and opens this desk on it: a folder, key and replica of
 * its own, where the next start finds it. Its location and first doctor are saved as any desk would save them.
 * `no_keychain` where the key of real data would lie open.
 */
export const beginOwnClinic = async (
  clinic: OwnClinic,
  { options, log, parts, sample, onWipe }: Leaving,
): Promise<Result<OpenDesk>> => {
  const folder = ownFolder(options);
  const secrets = await secretsFor(folder, options);
  if (!secrets.ok) return secrets;
  const { name, nameEl, kind, currency, firstWeekday, location } = clinic;
  const { timezone } = location;
  const names = nameEl ? { name, nameEl } : { name };
  const deskUrl = await sample.addClinic({ ...names, kind, currency, firstWeekday, timezone });
  await keepEmbedded(secrets.value, deskUrl);
  const desk = await openDesk(options, log, parts, { folder, onWipe });
  try {
    await untilReady(desk);
    const saved = await saveFirst(desk, clinic);
    if (saved.ok) return ok(desk);
    await desk.close();
    return saved;
  } catch (fault) {
    await desk.close();
    throw fault;
  }
};

const secretsFor = async (folder: DeskFolder, options: DeskOptions): Promise<Result<Secrets>> => {
  try {
    return ok(await openSecrets(folder, options));
  } catch (fault) {
    if (fault instanceof Explained) return refuse('no_keychain', { reason: fault.message });
    throw fault;
  }
};

const READY_LIMIT_MS = 60_000;

/** The first sync of an empty clinic takes a moment. */
const untilReady = async (desk: OpenDesk): Promise<void> => {
  const end = Date.now() + READY_LIMIT_MS;
  while (!(await desk.dispatch('locations', {})).ok) {
    if (Date.now() > end) throw new Explained('The new clinic does not answer. Start Anteroom again.');
    await pause(25);
  }
};

const saveFirst = async (desk: OpenDesk, clinic: OwnClinic): Promise<Result<unknown>> => {
  const location = await desk.dispatch('saveLocation', clinic.location);
  if (!location.ok) return location;
  const { id } = location.value as { id: string };
  return desk.dispatch('saveDoctor', { ...clinic.doctor, locationId: id, city: clinic.location.city });
};
