import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdexxSettings } from '../../src-main/contract/integrations.ts';
import { tellsOfDeath } from '../../src-main/core/calls/death.ts';
import { type Consultation, dischargeCall, numberToDial } from '../../src-main/core/calls/discharge.ts';
import { dayOf, localTime } from '../../src-main/core/clinic-day.ts';

const ATHENS = 'Europe/Athens';
const at = (text: string): number => Date.parse(text);
const usual = IdexxSettings.parse({});
const consultation: Consultation = {
  status: 'completed',
  consultedAt: at('2026-11-24T10:00:00Z'),
  reason: 'Limping',
  clinicalNotes: 'Mild swelling of the left carpus.',
  dischargeSummary: 'Rest for a week, tablets with food.',
  given: ['Consultation', 'Meloxicam 1.5 mg/ml'],
  phone: '+44 20 7946 0000',
  scheduled: false,
};
const decide = (more: Partial<Consultation> = {}, settings: Partial<IdexxSettings> = {}, now?: string) =>
  dischargeCall(
    { ...consultation, ...more },
    { ...usual, ...settings },
    ATHENS,
    at(now ?? '2026-11-24T12:00:00Z'),
  );

describe('a completed consultation', () => {
  it('leads to a call two days later at four by the clock of the clinic', () =>
    expect(decide()).toEqual({ call: { dueAt: '2026-11-26T14:00:00.000Z', phone: '+44 20 7946 0000' } }));

  it('leads to a call when the clinic wants it', () => {
    expect(decide({}, { dischargeDelayDays: 5, dischargeTime: '09:30' })).toMatchObject({
      call: { dueAt: '2026-11-29T07:30:00.000Z' },
    });
    expect(decide({}, { dischargeDelayDays: 0 })).toMatchObject({
      call: { dueAt: '2026-11-24T14:00:00.000Z' },
    });
  });

  it('is never followed by a call that was due before it', () =>
    expect(decide({}, { dischargeDelayDays: 0, dischargeTime: '12:00' })).toMatchObject({
      call: { dueAt: '2026-11-25T10:00:00.000Z' },
    }));

  it.each([
    ['spring', '2026-03-27T10:00:00Z', '2026-03-29T13:00:00.000Z'],
    ['autumn', '2026-10-23T10:00:00Z', '2026-10-25T14:00:00.000Z'],
  ])('is called at four on the clock also after the clocks change in %s', (_season, day, due) =>
    expect(decide({ consultedAt: at(day) }, {}, day)).toMatchObject({ call: { dueAt: due } }),
  );

  it('is called that many days of the calendar later at the set time, in every zone', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 4, max: 23 }),
        fc.constantFrom(ATHENS, 'Europe/London', 'America/New_York', 'Pacific/Auckland', 'UTC'),
        (consultedAt, dischargeDelayDays, hour, zone) => {
          const dischargeTime = `${String(hour).padStart(2, '0')}:00`;
          const answer = dischargeCall(
            { ...consultation, consultedAt },
            { ...usual, dischargeDelayDays, dischargeTime },
            zone,
            consultedAt,
          );
          const due = localTime('call' in answer ? at(answer.call.dueAt) : 0, zone);
          expect(due.toPlainTime().toString()).toBe(`${dischargeTime}:00`);
          const day = localTime(consultedAt, zone).toPlainDate().add({ days: dischargeDelayDays });
          expect(dayOf(due.epochMilliseconds, zone)).toBe(day.toString());
        },
      ),
    ));
});

describe('nobody is called', () => {
  it.each([
    ['switched_off', {}, { dischargeCalls: false }],
    ['scheduled', { scheduled: true }, {}],
    ['not_completed', { status: 'ongoing' }, {}],
    ['not_completed', { status: 'reviewed' }, {}],
    ['too_old', { consultedAt: at('2026-11-21T11:59:59Z') }, {}],
    ['no_summary', { dischargeSummary: '  ' }, {}],
    ['no_summary', { dischargeSummary: null }, {}],
    ['no_phone', { phone: null }, {}],
    ['no_phone', { phone: 'see file' }, {}],
    ['death', { given: ['Consultation', 'Euthanasia, dog 20–30 kg'] }, {}],
  ] as const)('%s', (none, more, settings) => expect(decide(more, settings)).toEqual({ none }));

  it('for a consultation of three days and a second ago, but for one of three days ago', () =>
    expect(decide({ consultedAt: at('2026-11-21T12:00:00Z') })).toHaveProperty('call'));
});

describe('a death is known', () => {
  const told = { reason: null, clinicalNotes: null, dischargeSummary: null, given: [] };
  it.each([
    { reason: 'PTS' },
    { reason: 'Ευθανασία' },
    { reason: 'DOA' },
    { given: ['Private cremation'] },
    { given: ['Αποτέφρωση'] },
    { dischargeSummary: 'We are sorry that Rex passed away.' },
    { dischargeSummary: 'Ο Ρεξ απεβίωσε το πρωί.' },
    { clinicalNotes: 'Euthanised with owner present.' },
    { clinicalNotes: 'Euthanasia was performed at 11:20' },
    { clinicalNotes: 'Έγινε ευθανασία' },
  ])('from %j', (more) => expect(tellsOfDeath({ ...told, ...more })).toBe(true));

  it.each([
    { clinicalNotes: 'Discussed euthanasia; owner wants to go on with treatment.' },
    { clinicalNotes: 'Removed dead tissue, PTs 12 s.' },
    { dischargeSummary: 'Keep the wound clean. Feed twice a day.' },
    { reason: 'Vaccination, 3 pts on the scale of pain' },
  ])('and not read into %j', (more) => expect(tellsOfDeath({ ...told, ...more })).toBe(false));
});

describe('the number', () => {
  it.each([
    ['020 7946 0958', '020 7946 0958'],
    [' 020 7946 0958 / 07700 900123 (work)', '020 7946 0958'],
    ['home; 694 412 3456', '694 412 3456'],
    ['12', null],
    ['', null],
  ])('of %j is %j', (text, number) => expect(numberToDial(text)).toBe(number));
});
