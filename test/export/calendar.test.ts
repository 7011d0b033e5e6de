import fc from 'fast-check';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportCalendar } from '../../src-main/core/integrations/export/calendar.ts';
import { vtimezone } from '../../src-main/core/integrations/export/vtimezone.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const put = (start: string, more: object = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    visitTypeId: ids.checkUp,
    roomId: ids.room1,
    start,
    minutes: 30,
    ...more,
  });

const file = async (input: object = {}): Promise<string> => {
  const { head, events, tail } = must(
    await exportCalendar(desk, receptionist, {
      locationId: ids.athens,
      from: TODAY,
      to: '2026-11-25',
      names: 'initials',
      ...input,
    }),
  );
  return head + events + tail;
};

const eventsOf = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((event) => ({
    uid: event.getFirstPropertyValue('uid'),
    status: event.getFirstPropertyValue('status'),
    summary: event.getFirstPropertyValue('summary'),
    location: event.getFirstPropertyValue('location'),
    sequence: event.getFirstPropertyValue('sequence'),
    zone: event.getFirstProperty('dtstart')?.getParameter('tzid'),
    start: String(event.getFirstPropertyValue('dtstart')),
    end: String(event.getFirstPropertyValue('dtend')),
    stamp: String(event.getFirstPropertyValue('dtstamp')),
    modified: String(event.getFirstPropertyValue('last-modified')),
  }));
};

describe('the schedule as iCalendar', () => {
  it('tells each appointment by the clock of its location', async () => {
    const id = put(`${TODAY}T07:00:00.000Z`, {
      createdAt: '2026-11-01T00:00:00.000Z',
      updatedAt: '2026-11-01T00:10:00.000Z',
    });
    expect(eventsOf(await file())).toEqual([
      {
        uid: `${id}@anteroom`,
        status: 'CONFIRMED',
        summary: 'Μ. Π. · Check-up · Dr Adamou',
        location: 'Room 1, Athens, 1 Quay Street, Athens',
        sequence: 600,
        zone: 'Europe/Athens',
        start: '2026-11-24T09:00:00',
        end: '2026-11-24T09:30:00',
        stamp: '2026-11-24T07:00:00Z',
        modified: '2026-11-01T00:10:00Z',
      },
    ]);
  });

  it('says no more of a patient than was asked for', async () => {
    put(`${TODAY}T07:00:00.000Z`, { reason: 'Palpitations', notes: 'Anxious' });
    expect(await file()).not.toMatch(/Μαρία|Παπαδοπούλου|Palpitations|Anxious/);
    expect(eventsOf(await file({ names: 'none' }))[0]?.summary).toBe('Check-up · Dr Adamou');
    expect(eventsOf(await file({ names: 'full' }))[0]?.summary).toContain('Μαρία Παπαδοπούλου');
  });

  it('takes a cancelled one off the calendars that had it, and shows no hold', async () => {
    put(`${TODAY}T07:00:00.000Z`, { status: 'cancelled' });
    put(`${TODAY}T08:00:00.000Z`, { status: 'pending' });
    put(`${TODAY}T09:00:00.000Z`, { status: 'held', patientId: null });
    expect(eventsOf(await file()).map(({ status }) => status)).toEqual(['CANCELLED', 'TENTATIVE']);
  });

  it('raises the sequence with every change', async () => {
    const sequence = async (updatedAt: string) => {
      put(`${TODAY}T07:00:00.000Z`, { id: ids.clinic, createdAt: '2026-11-01T00:00:00.000Z', updatedAt });
      return Number(eventsOf(await file())[0]?.sequence);
    };
    expect(await sequence('2026-11-01T00:00:00.000Z')).toBe(0);
    const once = await sequence('2026-11-02T00:00:00.000Z');
    expect(await sequence('2026-11-02T00:00:05.000Z')).toBeGreaterThan(once);
  });

  it('keeps to one doctor, and ends at the midnight of the location', async () => {
    put(`${TODAY}T07:00:00.000Z`);
    put(`${TODAY}T08:00:00.000Z`, { doctorId: ids.baker });
    put('2026-11-25T21:59:00.000Z');
    put('2026-11-25T22:00:00.000Z');
    expect(eventsOf(await file())).toHaveLength(3);
    expect(eventsOf(await file({ doctorId: ids.baker }))).toHaveLength(1);
    expect(
      await exportCalendar(desk, receptionist, {
        locationId: ids.maria,
        from: TODAY,
        to: TODAY,
        names: 'none',
      }),
    ).toMatchObject({ error: { code: 'not_found' } });
  });

  it('has lines of 75 octets at most that end in CRLF, and gives every name back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((name) => name.trim() !== ''),
        fc.constantFrom('Παπακωνσταντίνου-Χατζηγεωργίου', 'Ό;δ,ο\\ς', '👩‍⚕️ Ανέστης ψψψψψψψψψψψψψψψψψψψψ'),
        async (firstName, lastName) => {
          desk.replica
            .statement('update patients set first_name = ?, last_name = ? where id = ?')
            .run(firstName, lastName, ids.maria);
          put(`${TODAY}T07:00:00.000Z`, { id: ids.clinic });
          const text = await file({ names: 'full' });
          expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
          for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          const expected = `${firstName} ${lastName} · Check-up · Dr Adamou`.replace(/\r\n?/g, '\n');
          expect(eventsOf(text)[0]?.summary).toBe(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the rules of a zone in the file', () => {
  it('name each change by the clocks that went before it', () => {
    const rules = vtimezone('Europe/Athens', Date.parse('2026-01-01'), Date.parse('2026-12-31'));
    const observances = [...rules.matchAll(/DTSTART:(\w+)\r\nTZOFFSETFROM:(\S+)\r\nTZOFFSETTO:(\S+)/g)];
    expect(observances.map(([, ...said]) => said)).toEqual([
      ['20251026T040000', '+0300', '+0200'],
      ['20260329T030000', '+0200', '+0300'],
      ['20261025T040000', '+0300', '+0200'],
    ]);
  });

  it('lead every reader to the instant that was meant, also where the clocks change', () => {
    const zones = [
      'Europe/Athens',
      'Europe/London',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ];
    const from = Date.parse('2026-01-01T00:00:00Z');
    const changes = [
      '2026-03-08T07:00Z',
      '2026-03-29T01:00Z',
      '2026-04-04T15:00Z',
      '2026-10-03T15:30Z',
      '2026-10-25T01:00Z',
      '2026-11-01T06:00Z',
    ].map(Date.parse);
    const quarters = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((quarter) => quarter * 15 * 60_000);
    const instants = fc.oneof(
      quarters(0, 380 * 24 * 4).map((ms) => from + ms),
      fc.tuple(fc.constantFrom(...changes), quarters(-8, 8)).map(([change, ms]) => change + ms),
    );
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (name, instant) => {
        const text = [
          'BEGIN:VCALENDAR',
          vtimezone(name, from, from + 400 * 86_400_000),
          'END:VCALENDAR',
        ].join('\r\n');
        const zone = new ICAL.Timezone(
          new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone'),
        );
        const said = new Date(instant).toLocaleString('sv-SE', { timeZone: name }).replace(' ', 'T');
        const { year, month, day, hour, minute } = Temporal.PlainDateTime.from(said);
        const read = ICAL.Time.fromData({ year, month, day, hour, minute, second: 0 }, zone);
        // A time that the clocks of autumn show twice may be read as either.
        const meant = (['earlier', 'later'] as const).map(
          (disambiguation) =>
            Temporal.PlainDateTime.from(said).toZonedDateTime(name, { disambiguation }).epochMilliseconds,
        );
        expect(meant).toContain(read.toUnixTime() * 1000);
      }),
    );
  });
});
