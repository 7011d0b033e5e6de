import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunErrorCode } from '../../../src-main/contract/integrations.ts';
import type { Fault } from '../../support/outside/faults.ts';
import { CALENDAR, faultOf, given, type NeoVisit, today, visitNeo } from '../../support/outside/neo-visit.ts';

let visit: NeoVisit;

beforeEach(async () => {
  visit = await visitNeo();
});
afterEach(() => visit.neo.close());

describe('reading', () => {
  it('gives the clinic times as the clinic says them, also on the day when the clocks change', async () => {
    Object.assign(visit.someVisit(), { start: '2026-11-01 01:30:00', end: '2026-11-01 16:00:00' });
    const read = given(await (await visit.session()).appointments('2026-11-01', '2026-11-01', () => {}));
    expect(read.map(({ start, end }) => [start, end])).toEqual([
      ['2026-11-01 01:30:00', '2026-11-01 16:00:00'],
    ]);
  });

  it('reads ten thousand appointments of four weeks, each once, and tells how far it is', async () => {
    const entry = visit.someVisit();
    visit.neo.entries.clear();
    for (let index = 0; index < 10_000; index += 1) {
      const day = new Date(Date.parse('2026-11-10T00:00:00Z') + (index % 28) * 86_400_000).toISOString();
      const late = index % 28 === index;
      const start = `${day.slice(0, 10)} ${late ? '23:50:00' : '10:00:00'}`;
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
      const end = late ? `${next} 00:10:00` : start.replace('10:00', '10:20');
      visit.neo.entries.set(index, { ...entry, id: index, appointment_id: index, start, end });
    }
    const steps: [number, number][] = [];
    const desk = await visit.session();
    const read = await desk.appointments('2026-11-10', '2026-12-07', (done, days) =>
      steps.push([done, days]),
    );
    expect(given(read)).toHaveLength(10_000);
    expect(steps.at(0)).toEqual([0, 28]);
    expect(steps.at(-1)).toEqual([28, 28]);
    expect(visit.asked(`GET ${CALENDAR}`)).toBe(14);
  });

  it('gives what a vet wrote of a consultation', async () => {
    const entry = visit.someVisit();
    visit.neo.finish(entry.appointment_id ?? 0, {
      notes: 'Stitches out.',
      dischargeSummary: 'Collar off tonight.',
    });
    const read = given(await (await visit.session()).consultation(String(entry.consultation_id)));
    expect(read).toMatchObject({
      id: String(entry.consultation_id),
      status: 'Finalized',
      clinicalNotes: 'Stitches out.',
      dischargeSummary: 'Collar off tonight.',
      client: { id: String(entry.client_id), phoneNumber: entry.phone_number },
    });
  });

  it('keeps from one request to the next what it was told to', async () => {
    const desk = given(await visit.open({ pace: 700 }));
    visit.waits.length = 0;
    await desk.appointments('2026-11-20', '2026-11-25', () => {});
    expect(visit.waits).toEqual([700, 700, 700]);
  });
});

describe('an answer that cannot be read is an error that names the field', () => {
  const renamed = (from: string, to: string) => (body: string) => body.replaceAll(`"${from}"`, `"${to}"`);
  it.each([
    ['appointments', () => '{"data":[]}'],
    [`GET ${CALENDAR}: not JSON`, () => '<html>Down for maintenance</html>'],
    ['appointments[0].status_label', renamed('status_label', 'label')],
    ['appointments[0].phone_number', renamed('phone_number', 'phone')],
    ['appointments[0].start', (body: string) => body.replaceAll(/(\d{4}-\d\d-\d\d) (\d\d)/g, '$1T$2')],
    ['appointments[0].start', (body: string) => body.replaceAll(/"start":"2026-11-/g, '"start":"2026-13-')],
    ['appointments[0].is_block', renamed('is_block', 'block')],
    ['appointments[0].id', (body: string) => body.replaceAll(/"id":\d+/g, '"id":"canary"')],
  ])('%s', async (where, change) => {
    for (const [id, entry] of visit.neo.entries)
      if (entry.is_roster || entry.is_block) visit.neo.entries.delete(id);
    const desk = await visit.session();
    visit.neo.faults.plan({ kind: 'changed', change }, { path: CALENDAR });
    const read = await today(desk);
    expect(faultOf(read)).toEqual({ code: 'unreadable', where });
    expect(visit.asked(`GET ${CALENDAR}`)).toBe(1);
  });

  it.each([
    ['consultation.consultation.dischargeSummary', renamed('dischargeSummary', 'discharge')],
    [
      'consultation.consultationNotes.notes',
      (body: string) => body.replace(/Notes":\{"notes"/, 'Notes":{"text"'),
    ],
    ['consultation.client.id', (body: string) => body.replace(/"client":\{"id":\d+/, '"client":{"id":null')],
    ['consultation.consultationLines[0].isDeclined', renamed('isDeclined', 'declined')],
  ])('%s', async (where, change) => {
    const desk = await visit.session();
    visit.neo.faults.plan({ kind: 'changed', change }, { path: '/consultations' });
    expect(faultOf(await desk.consultation('90001'))).toEqual({ code: 'unreadable', where });
  });

  it('tells one consultation that is not there from a fault of Neo', async () => {
    expect(faultOf(await (await visit.session()).consultation('1'))).toEqual({
      code: 'unreadable',
      where: 'GET /consultations/{id}/page-data: 404',
    });
  });
});

describe('a fault on the line', () => {
  const faults: [string, Fault, RunErrorCode][] = [
    ['silence', { kind: 'silent' }, 'timed_out'],
    ['a cut connection', { kind: 'cut' }, 'offline'],
    ['half an answer', { kind: 'half' }, 'offline'],
    ['500', { kind: 'status', status: 500 }, 'server_error'],
    ['429', { kind: 'status', status: 429 }, 'too_many_requests'],
  ];

  it.each(faults)('%s is tried three times, with pauses that grow', async (_name, fault, code) => {
    const desk = await visit.session();
    visit.neo.faults.plan(fault, { path: CALENDAR, times: 2 });
    expect((await today(desk)).ok).toBe(true);
    expect(visit.waits).toEqual([1_000, 2_000]);
    visit.neo.faults.plan(fault, { path: CALENDAR, times: 3 });
    expect(faultOf(await today(desk))).toEqual({ code, where: `GET ${CALENDAR}` });
  });

  it('gives no half window: a fault on one of its days is a fault of all', async () => {
    const desk = await visit.session();
    visit.neo.faults.plan({ kind: 'half' }, { path: CALENDAR, after: 1, times: 3 });
    expect((await desk.appointments('2026-11-20', '2026-11-27', () => {})).ok).toBe(false);
  });

  it('visit.waits as long as Neo says, and leaves it to the next run where that is too long', async () => {
    const desk = await visit.session();
    const busy = (after: string) =>
      ({ kind: 'status', status: 429, headers: { 'retry-after': after } }) as const;
    visit.neo.faults.plan(busy('17'), { path: CALENDAR });
    expect((await today(desk)).ok).toBe(true);
    visit.neo.faults.plan(busy(new Date(visit.clock.ms + 30_000).toUTCString()), { path: CALENDAR });
    expect((await today(desk)).ok).toBe(true);
    visit.neo.faults.plan(busy('3600'), { path: CALENDAR });
    expect(faultOf(await today(desk))?.code).toBe('too_many_requests');
    expect(visit.waits).toEqual([17_000, 30_000]);
  });

  it('reads no answer without end', async () => {
    const desk = await visit.session();
    const change = () => JSON.stringify([{ title: 'x'.repeat(9 * 1024 * 1024) }]);
    visit.neo.faults.plan({ kind: 'changed', change }, { path: CALENDAR });
    expect(faultOf(await today(desk))).toEqual({ code: 'unreadable', where: `GET ${CALENDAR}` });
  });

  it('stops at once when the run is ended, and says by what', async () => {
    const desk = await visit.session();
    visit.neo.faults.plan({ kind: 'silent' }, { path: CALENDAR });
    const reading = today(desk);
    visit.ending.abort('lease_lost');
    expect(faultOf(await reading)?.code).toBe('lease_lost');
    expect(faultOf(await visit.open())?.code).toBe('lease_lost');
  });
});
