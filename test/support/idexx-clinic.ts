import { v7 as newId } from 'uuid';
import type { RunError } from '../../src-main/contract/integrations.ts';
import type { Desk, OutsideSecrets } from '../../src-main/core/desk.ts';
import type { Connector } from '../../src-main/core/integrations/connector.ts';
import { createIdexxConnector } from '../../src-main/core/integrations/idexx/connector.ts';
import { idexxCredentialsHandlers } from '../../src-main/core/integrations/idexx/credential-calls.ts';
import { type AskAsDesk, giveLease, takeLease } from '../../src-main/core/integrations/lease.ts';
import { linkId } from '../../src-main/core/integrations/link-id.ts';
import { outsideId } from '../../src-main/core/integrations/outside-id.ts';
import { RunUnderWay } from '../../src-main/core/integrations/run-under-way.ts';
import { realTimers } from '../../src-main/core/integrations/timers.ts';
import { noLog } from '../../src-main/core/log.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { clinicWithDesks, type TestDesk, withClient } from './central.ts';
import { anyone, loneDesk } from './desk.ts';
import { type LiveDesk, liveDesk } from './live-desk.ts';
import { must } from './must.ts';
import type { NeoServer } from './outside/neo.ts';
import type { RawEntry } from './outside/neo-day.ts';
import { until } from './until.ts';

export const neoUser = { username: 'reception', password: 'neo-password', companyId: 'harbour' };

/** The hour at which the desks of these tests stand: 14:00 in Athens. */
export const NOON = '2026-11-24T12:00:00.000Z';

/** A desk that has a login of Neo. */
export interface IdexxDesk extends LiveDesk {
  connector: Connector;
  ask: AskAsDesk;
  /** One run, under a lease of its own; `begun` gets hold of it. Waits until the desk is quiet again. */
  run(begun?: (run: RunUnderWay) => void): Promise<RunError | null>;
}

/** A clinic in Athens of two doctors, the providers 1 (Maria) and 2 (Nikos) of a Neo. */
export interface IdexxClinic {
  clinicId: string;
  desks: TestDesk[];
  locationId: string;
  doctors: [string, string];
  /** Rows of central, by the owner's hand. */
  rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Opens a desk, and gives it a login. */
  open(index?: number, now?: string): Promise<IdexxDesk>;
}

export interface ClinicOptions {
  settings?: Record<string, unknown>;
  desks?: string[];
}

/** Makes it in a central that is there; nobody administers it yet. */
export const idexxClinic = async (
  ownerUrl: string,
  neo: NeoServer,
  { settings, desks: names = ['Desk 1'] }: ClinicOptions = {},
): Promise<IdexxClinic> => {
  const { clinicId, desks } = await clinicWithDesks(ownerUrl, names);
  const locationId = newId();
  const doctors: [string, string] = [newId(), newId()];
  const rows: IdexxClinic['rows'] = (sql, values = []) =>
    withClient(ownerUrl, async (owner) => (await owner.query(sql, values)).rows);
  for (const { deskId, name } of desks) {
    // In a clinic that nobody administers yet, a desk stands for an account of its own.
    const userId = newId();
    await rows(
      `insert into users (clinic_id, id, email, display_name, hashed_password, role)
       values ($1, $2, $3, $4, '', 'automation')`,
      [clinicId, userId, `${userId}@clinic.example`, name],
    );
    await rows('update desks set user_id = $3 where clinic_id = $1 and id = $2', [clinicId, deskId, userId]);
  }
  await rows(
    `insert into clinic_locations (clinic_id, id, name, address_line1, city, country, timezone)
     values ($1, $2, 'Main', 'Street 1', 'Athens', 'GR', 'Europe/Athens')`,
    [clinicId, locationId],
  );
  for (const [index, name] of ['Maria', 'Nikos'].entries()) {
    await rows(
      `insert into doctors (clinic_id, id, location_id, first_name, last_name, email, specialization)
       values ($1, $2, $3, $4::text, 'Vet', $4::text || '@clinic.example', 'Vet')`,
      [clinicId, doctors[index], locationId, name],
    );
    await rows(
      `insert into outside_links (clinic_id, id, source, kind, external_id, name, doctor_id)
       values ($1, $2, 'idexx', 'provider', $3, $4, $5)`,
      [
        clinicId,
        linkId(clinicId, 'idexx', 'provider', String(index + 1)),
        String(index + 1),
        name,
        doctors[index],
      ],
    );
  }
  await rows(
    `insert into integrations (clinic_id, id, source, enabled, settings) values ($1, $2, 'idexx', true, $3)`,
    [
      clinicId,
      outsideId('integration', clinicId, 'idexx'),
      { daysBack: 1, daysAhead: 1, ...settings, baseUrl: neo.url },
    ],
  );
  return {
    clinicId,
    desks,
    locationId,
    doctors,
    rows,
    open: (index = 0, now = NOON) => openDesk(desks[index]?.url ?? '', now),
  };
};

const openDesk = async (url: string, now: string): Promise<IdexxDesk> => {
  const live = liveDesk(url, {}, loneDesk(now));
  const ask: AskAsDesk = (name, args) => live.engine.ask(anyone, name, args);
  const desk: Desk & LiveDesk = Object.assign(live, {
    outsideSecrets: memorySecrets(),
    askCentral: (...[session, name, args]: Parameters<NonNullable<Desk['askCentral']>>) =>
      live.engine.ask(session, name, args),
  });
  await until('the desk is online', () => live.engine.state().phase === 'online');
  await desk.quiet();
  const { userId } = readDeskState(desk.replica);
  const means = { sleep: async () => undefined, random: () => 0, pace: 0 };
  must(await idexxCredentialsHandlers(desk, means).saveIdexxCredentials({ ...anyone, userId }, neoUser));
  const connector = createIdexxConnector(desk, means);
  const run: IdexxDesk['run'] = async (begun) => {
    const fence = must(await takeLease(ask, 'idexx'));
    const how = { desk, engine: live.engine, ask, timers: realTimers, log: noLog, onProgress: () => {} };
    const under = new RunUnderWay(connector, 'by_hand', fence, how);
    begun?.(under);
    const error = await under.ended;
    await giveLease(ask, 'idexx', { fence, error, nextInMs: null });
    await desk.quiet();
    return error;
  };
  return Object.assign(desk, { connector, ask, run });
};

const memorySecrets = (): OutsideSecrets => {
  const kept = new Map<string, string>();
  return {
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    delete: async (name) => void kept.delete(name),
  };
};

/** An appointment in the calendar of Neo, on 24 November 2026 at a time by the clinic's clock; provider 1 unless told. */
export const appointment = (
  number: number,
  [from, to]: readonly [string, string],
  more: Partial<RawEntry> = {},
): RawEntry => ({
  id: 900_000 + number,
  appointment_id: number,
  consultation_id: null,
  start: `2026-11-24 ${from}:00`,
  end: `2026-11-24 ${to}:00`,
  patient_id: 7_000 + number,
  patient_name: `Animal ${number}`,
  client_id: 3_000 + number,
  first_name: 'Ann',
  last_name: `Owner ${number}`,
  email: `owner${number}@example.com`,
  phone_number: '+1 555 0100',
  provider: 'Maria',
  resourceId: 1,
  title: null,
  type_description: 'Consultation',
  reason: 'Limps',
  current_status: 'not_arrived',
  status_label: 'not arrived',
  is_block: false,
  is_roster: false,
  ...more,
});
