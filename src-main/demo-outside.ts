import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CallInput, CallName, CallOutput, CallResult } from './contract/calls.ts';
import { Explained } from './core/explained.ts';
import { places } from './core/places.ts';
import { main as loadSample } from './sample.ts';

/** The stand-ins for outside companies, which only a clone of Anteroom has. */
const PROGRAM = join(places.root, 'test/support/outside/serve.ts');

/** The practice's vets, by the names and numbers that Neo has them under; the last one is booked at Cal.com too. */
const vets = [
  { id: 11, firstName: 'Agnieszka', lastName: 'Kowalski', firstNameEl: 'Ανιέσκα', lastNameEl: 'Κοβάλσκι' },
  { id: 12, firstName: 'Elira', lastName: 'Hoxha', firstNameEl: 'Ελίρα', lastNameEl: 'Χότζα' },
] as const;
const nameOf = ({ firstName, lastName }: (typeof vets)[number]): string => `Dr ${firstName} ${lastName}`;

const Started = z.object({
  neo: z.object({ url: z.url(), username: z.string(), password: z.string() }),
  calCom: z.object({
    url: z.url(),
    key: z.string(),
    eventTypes: z.array(z.object({ id: z.int(), title: z.string() })),
  }),
});
type Started = z.infer<typeof Started>;

/** The sample clinic of vets in a new data folder; refuses where there is no stand-in, or another sample already. */
export const prepareOutside = async (data: string): Promise<void> => {
  if (!existsSync(PROGRAM))
    throw new Explained(
      'The stand-ins for IDEXX Neo and Cal.com are part of the tests, and this Anteroom came without them. Run it from a clone.',
    );
  if (existsSync(join(data, 'central'))) return;
  process.stdout.write('Making a sample clinic of vets …\n');
  await loadSample(['--kind', 'veterinary', '--data', data]);
};

/** Outside systems that a desk was connected with; `child` ends with its input. */
export interface Outside {
  child: ChildProcess;
  neoUrl: string;
  calComUrl: string;
}

/** Starts the stand-ins and connects a desk (its address with the token) with both, by the desk's own calls. */
export const connectOutside = async (deskUrl: string): Promise<Outside> => {
  const ask = askerOf(deskUrl);
  const { child, started } = await startStandIns(await zoneOf(ask));
  const doctors = await addVets(ask);
  await connectNeo(ask, started.neo, doctors);
  await connectCalCom(ask, started.calCom, doctors.at(-1) ?? '');
  return { child, neoUrl: started.neo.url, calComUrl: started.calCom.url };
};

type Ask = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

const TRIES = 120;
const BETWEEN_MS = 500;

/** Calls of the desk as a program makes them; a desk that has only just begun is given its time. */
const askerOf = (deskUrl: string): Ask => {
  const { origin, searchParams } = new URL(deskUrl);
  return async (name, input) => {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${origin}/call/${name}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${searchParams.get('token')}`,
        },
        body: JSON.stringify(input),
      });
      const answer = (await response.json()) as CallResult<typeof name>;
      if (answer.ok) return answer.value;
      const { code, details } = answer.error;
      const early = code === 'not_ready' || code === 'needs_central';
      if (!early || tries === TRIES) throw new Explained(`${name}: ${code} ${JSON.stringify(details)}`);
      await pause(BETWEEN_MS);
    }
  };
};

const zoneOf = async (ask: Ask): Promise<string> => {
  const [location] = await ask('locations', {});
  return location?.timezone ?? 'Europe/Athens';
};

const startStandIns = async (zone: string): Promise<{ child: ChildProcess; started: Started }> => {
  // A group of its own: it ends with its input, after the desks.
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const asked = { zone, vets: vets.map((vet) => ({ id: vet.id, name: nameOf(vet) })) };
  child.stdin.write(`${JSON.stringify(asked)}\n`);
  for await (const line of createInterface({ input: child.stdout }))
    return { child, started: Started.parse(JSON.parse(line)) };
  throw new Explained('The stand-ins did not start; the lines above say why.');
};

/** The vets as doctors of the clinic, with hours on every day; their ids in the same order. */
const addVets = async (ask: Ask): Promise<string[]> => {
  const [location] = await ask('locations', {});
  if (!location) throw new Explained('The sample clinic has no location.');
  const known = await ask('doctors', {});
  const ids: string[] = [];
  for (const { firstName, lastName, firstNameEl, lastNameEl } of vets) {
    const there = known.find(({ name }) => name.en.endsWith(lastName));
    if (there) {
      ids.push(there.id);
      continue;
    }
    const name = { firstName, lastName, firstNameEl, lastNameEl };
    const { id } = await ask('saveDoctor', { ...name, locationId: location.id });
    const stretches = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      starts: '08:00',
      ends: '20:00',
      slotMinutes: 15,
      locationId: location.id,
      roomId: null,
    }));
    const from = new Intl.DateTimeFormat('sv-SE', { timeZone: location.timezone }).format(Date.now());
    await ask('setWorkingHours', { doctorId: id, from, until: null, stretches });
    ids.push(id);
  }
  // Theirs are the columns that one sees first.
  const others = known.map(({ id }) => id).filter((id) => !ids.includes(id));
  await ask('arrange', { what: 'doctor', ids: [...ids, ...others] });
  return ids;
};

const connectNeo = async (
  ask: Ask,
  { url, username, password }: Started['neo'],
  doctors: readonly string[],
): Promise<void> => {
  const { idexx } = await ask('integrationSettings', {});
  await ask('updateIntegration', { source: 'idexx', settings: { ...idexx.settings, baseUrl: url } });
  await ask('saveIdexxCredentials', { username, password });
  for (const [index, vet] of vets.entries())
    await ask('setOutsideLink', {
      source: 'idexx',
      kind: 'provider',
      externalId: String(vet.id),
      name: nameOf(vet),
      doctorId: doctors[index] ?? null,
      visitTypeId: null,
    });
  await runFirst(ask, 'idexx');
};

const connectCalCom = async (
  ask: Ask,
  { url, key, eventTypes }: Started['calCom'],
  doctorId: string,
): Promise<void> => {
  const { cal_com } = await ask('integrationSettings', {});
  const settings = { ...cal_com.settings, baseUrl: url, everySeconds: 15 };
  await ask('updateIntegration', { source: 'cal_com', settings });
  await ask('setCalComKey', { key });
  for (const { id, title } of eventTypes)
    await ask('setOutsideLink', {
      source: 'cal_com',
      kind: 'event_type',
      externalId: String(id),
      name: title,
      doctorId,
      visitTypeId: null,
    });
  await runFirst(ask, 'cal_com');
};

/** Switches it on and waits for its first run: Neo's day is to be there before Cal.com's bookings come. */
const runFirst = async (ask: Ask, source: 'idexx' | 'cal_com'): Promise<void> => {
  await ask('updateIntegration', { source, enabled: true });
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const state = (await ask('integrationStates', {})).find((one) => one.source === source);
    if (state?.lastOkAt) return;
    await pause(BETWEEN_MS);
  }
  throw new Explained(`${source}: the first run did not end well; the desk's page of it says why.`);
};
