import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { RunError } from '../../../src-main/contract/integrations.ts';
import { book } from '../../../src-main/core/appointments/book.ts';
import { createCalComConnector } from '../../../src-main/core/integrations/calcom/connector.ts';
import type { Connector } from '../../../src-main/core/integrations/connector.ts';
import { giveLease, takeLease } from '../../../src-main/core/integrations/lease.ts';
import { outsideId } from '../../../src-main/core/integrations/outside-id.ts';
import { RunUnderWay } from '../../../src-main/core/integrations/run-under-way.ts';
import { realTimers } from '../../../src-main/core/integrations/timers.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import {
  appointments,
  doctors,
  integrations,
  outsideBookings,
  outsideLinks,
  patients,
} from '../../../src-main/core/schema/replica/index.ts';
import { anyone } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { type CalComServer, startCalCom } from '../../support/outside/cal-com.ts';
import type { CalBooking, CalOutcome } from '../../support/outside/cal-com-book.ts';
import { operations, Refusal } from '../../support/outside/cal-com-schemas.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';

export const KEY = 'cal_live_0123456789';

/** A desk of the clinic that may run the integration. */
export interface CalDesk extends LiveDesk {
  connector: Connector;
  /** One run under the lease, from taking it to giving it back. */
  run(): Promise<RunError | null>;
  /** Called within each change that a run writes: what it throws ends the run there. */
  breakDown(): void;
  appointments(): Appointment[];
  rows(): Row[];
  patients(): {
    id: string;
    firstName: string;
    lastName: string;
    email: string | null;
    phone: string | null;
  }[];
}

export type Appointment = typeof appointments.$inferSelect;
export type Row = typeof outsideBookings.$inferSelect;

/** The small clinic, its two doctors booked at a Cal.com that stands in, and its desks in sync. */
export interface CalClinic extends SmallClinic {
  cal: CalComServer;
  liveDesks: CalDesk[];
  /** Sets every clock, ISO 8601 UTC. */
  setNow(iso: string): void;
  close(): Promise<void>;
}

/** Event types at the stand-in: each doctor's, one of the first that has to be confirmed, and one that nobody linked. */
export const eventTypes = { maria: 11, nikos: 12, asked: 13, unlinked: 14, long: 15 } as const;

const host = (id: number, name: string) => ({
  id,
  name,
  email: `${name.toLowerCase()}@clinic.example`,
  username: name.toLowerCase(),
  timeZone: 'Europe/Athens',
});

export const startClinic = async (now = '2026-11-23T08:00:00.000Z', deskCount = 2): Promise<CalClinic> => {
  let clock = Date.parse(now);
  const cal = await startCalCom({
    key: KEY,
    now: () => clock,
    hosts: [host(1, 'Maria'), host(2, 'Nikos'), host(3, 'Locum')],
    eventTypes: [
      { id: eventTypes.maria, slug: 'visit-maria', title: 'Visit', lengthInMinutes: 30, hosts: ['maria'] },
      { id: eventTypes.nikos, slug: 'visit-nikos', title: 'Visit', lengthInMinutes: 30, hosts: ['nikos'] },
      {
        id: eventTypes.asked,
        slug: 'surgery',
        title: 'Surgery',
        lengthInMinutes: 30,
        hosts: ['maria'],
        requiresConfirmation: true,
      },
      { id: eventTypes.unlinked, slug: 'locum', title: 'Locum', lengthInMinutes: 30, hosts: ['locum'] },
    ],
  });
  const names = Array.from({ length: deskCount }, (_, index) => `Desk ${index + 1}`);
  const clinic = await smallClinic(names);
  const liveDesks = clinic.desks.map(({ url }) => calDesk(liveDesk(url, { pollMs: 50 })));
  for (const desk of liveDesks) {
    desk.setNow(now);
    await desk.quiet();
  }
  const [first] = liveDesks;
  if (!first) throw new Error('no desk');
  connect(first, clinic, cal.url);
  await first.quiet();
  for (const desk of liveDesks) await desk.caughtUp();
  return {
    ...clinic,
    cal,
    liveDesks,
    setNow: (iso) => {
      clock = Date.parse(iso);
      for (const desk of liveDesks) desk.setNow(iso);
    },
    close: async () => {
      for (const desk of liveDesks) await desk.dispose();
      await cal.close();
      await clinic.drop();
    },
  };
};

const connect = (
  desk: LiveDesk,
  { clinicId, doctors: [maria, nikos], patients: ids }: SmallClinic,
  baseUrl: string,
) =>
  writeChange(desk, { kind: 'connect', actor: null }, (change) => {
    change.insert(integrations, {
      id: outsideId('integration', clinicId, 'cal_com'),
      source: 'cal_com',
      enabled: true,
      settings: { baseUrl },
    });
    for (const [name, id] of [
      ['maria', eventTypes.maria],
      ['nikos', eventTypes.nikos],
      ['maria', eventTypes.asked],
    ] as const)
      change.insert(outsideLinks, {
        id: outsideId('cal_com', clinicId, 'link', 'event_type', String(id)),
        source: 'cal_com',
        kind: 'event_type',
        externalId: String(id),
        doctorId: (name === 'maria' ? maria : nikos)?.id ?? null,
        // A visit is booked by the plain event types.
        visitTypeId: null,
      });
    if (maria) change.update(doctors, maria.id, { calComUsername: 'maria' });
    for (const [index, id] of ids.entries())
      change.update(patients, id, {
        email: `patient${index}@example.com`,
        phone: `+3021012345${10 + index}`,
      });
  });

const calDesk = (desk: LiveDesk): CalDesk => {
  desk.calComKey = { read: async () => KEY, write: async () => undefined };
  const running = {
    ...desk,
    newId: () => {
      cal.breakDown();
      return desk.newId();
    },
  };
  const connector = createCalComConnector(running, {
    pause: async () => undefined,
    random: () => 0.5,
    timeoutMs: 5_000,
  });
  const ask: Parameters<typeof takeLease>[0] = (name, args) =>
    desk.engine.ask({ userId: null, rights: new Set() }, name, args);
  const cal: CalDesk = {
    ...desk,
    connector,
    breakDown: () => undefined,
    run: async () => {
      const fence = must(await takeLease(ask, 'cal_com'));
      const run = new RunUnderWay(connector, 'schedule', fence, {
        desk: running,
        engine: desk.engine,
        ask,
        timers: realTimers,
        log: noLog,
        onProgress: () => undefined,
      });
      const error = await run.ended;
      must(await giveLease(ask, 'cal_com', { fence, error, nextInMs: null }));
      await desk.quiet();
      return error;
    },
    appointments: () =>
      desk.replica.orm.select().from(appointments).orderBy(appointments.scheduledAt, appointments.id).all(),
    rows: () =>
      desk.replica.orm.select().from(outsideBookings).orderBy(outsideBookings.startsAt, sql`rowid`).all(),
    patients: () => desk.replica.orm.select().from(patients).all(),
  };
  return cal;
};

/** What the stand-in made of a patient's wish; one that it refused fails the test. */
export const booked = (outcome: CalOutcome): CalBooking => {
  if ('refused' in outcome) throw new Error(outcome.refused.message);
  return outcome.booking;
};

/** 09:00 in Athens of the working day, and so many half hours later. */
export const at = (halfHours: number): string =>
  new Date(Date.parse('2026-11-24T07:00:00.000Z') + halfHours * 30 * 60_000).toISOString();

export const anna = {
  name: 'Anna Nikolaou',
  email: 'anna@example.com',
  timeZone: 'Europe/Athens',
  language: 'el',
  phoneNumber: '+306970000001',
};

/** Books at a desk. */
export const bookHere = (
  clinic: CalClinic,
  desk: CalDesk,
  doctor: number,
  slot: number,
  patient = 0,
): string =>
  must(
    book(desk, anyone, {
      slotId: clinic.doctors[doctor]?.slots[slot] ?? '',
      patientId: clinic.patients[patient] ?? '',
      visitTypeId: clinic.visitTypeId,
    }),
  ).id;

/** Holds every request so far, and every answer, to our schemas of the description; gives how many there were. */
export const followsDescription = ({ exchanges }: CalComServer): number => {
  for (const { operation, version, query, body, status, answer } of exchanges) {
    const described = operations[operation];
    if (!described) throw new Error(`${operation} is not in use`);
    expect(version).toBe(described.version);
    described.query.parse(query);
    described.body.parse(body);
    if (status >= 400) Refusal.parse(answer);
    else {
      expect(status).toBe(described.success);
      described.answer.parse(answer);
    }
  }
  return exchanges.length;
};
