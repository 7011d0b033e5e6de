import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  merge,
  type Ours,
  type Side,
  type Verdict,
} from '../../../src-main/core/integrations/calcom/merge.ts';

const hour = (n: number): string =>
  new Date(Date.parse('2026-11-24T07:00:00.000Z') + n * 3_600_000).toISOString();
const side = (start: number, more: Partial<Side> = {}): Side => ({
  start: hour(start),
  end: hour(start + 1),
  doctorId: 'maria',
  status: 'scheduled',
  ...more,
});
const here = (start: number, more: Partial<Ours> = {}): Ours => ({ ...side(start), begun: false, ...more });
const BEFORE = { now: hour(-1), free: () => true };

describe('a booking that stands on both sides', () => {
  const table: [string, Side, Ours, Side, Verdict][] = [
    ['is left alone while nothing changed', side(1), here(1), side(1), { do: 'agree' }],
    ['moves here when it moved there', side(1), here(1), side(2), { do: 'take', what: 'place' }],
    ['moves there when it moved here', side(1), here(2), side(1), { do: 'send', action: 'reschedule' }],
    [
      'stands where the desk put it when both moved it',
      side(1),
      here(2),
      side(3),
      { do: 'send', action: 'reschedule' },
    ],
    ['is agreed when both moved it alike', side(1), here(2), side(2), { do: 'agree' }],
    [
      'is cancelled here when it was moved here and cancelled there',
      side(1),
      here(2),
      side(1, { status: 'cancelled' }),
      { do: 'take', what: 'status' },
    ],
    [
      'is cancelled there when it was moved there and cancelled here',
      side(1),
      here(1, { status: 'cancelled' }),
      side(2),
      { do: 'send', action: 'cancel' },
    ],
    [
      'is declined there where it still waited',
      side(1, { status: 'pending' }),
      here(1, { status: 'cancelled' }),
      side(1, { status: 'pending' }),
      { do: 'send', action: 'decline' },
    ],
    [
      'is booked there anew when it was restored here',
      side(1, { status: 'cancelled' }),
      here(1),
      side(1, { status: 'cancelled' }),
      { do: 'send', action: 'rebook' },
    ],
    [
      'is booked anew with another doctor',
      side(1),
      here(1, { doctorId: 'nikos' }),
      side(1),
      { do: 'send', action: 'rebook' },
    ],
    [
      'is confirmed there when it was accepted here',
      side(1, { status: 'pending' }),
      here(1),
      side(1, { status: 'pending' }),
      { do: 'send', action: 'confirm' },
    ],
    [
      'is accepted here when it was confirmed there',
      side(1, { status: 'pending' }),
      here(1, { status: 'pending' }),
      side(1),
      { do: 'take', what: 'status' },
    ],
    [
      'is marked as absent there when nobody came',
      side(1),
      here(1, { status: 'no_show' }),
      side(1),
      { do: 'send', action: 'absent' },
    ],
    [
      'is missed here when it was marked there',
      side(1),
      here(1),
      side(1, { status: 'no_show' }),
      { do: 'take', what: 'status' },
    ],
    [
      'is no longer absent there when the patient is here',
      side(1),
      here(1, { begun: true }),
      side(1, { status: 'no_show' }),
      { do: 'send', action: 'present' },
    ],
    [
      'stays here when it was cancelled there after the patient came',
      side(1),
      here(1, { begun: true }),
      side(1, { status: 'cancelled' }),
      { do: 'rest' },
    ],
    [
      'becomes another visit when it was moved there after the patient came',
      side(1),
      here(1, { begun: true }),
      side(5),
      { do: 'part' },
    ],
    ['keeps a length that was changed here', side(1), here(1, { end: hour(3) }), side(1), { do: 'agree' }],
    [
      'takes a length that was changed there',
      side(1),
      here(1),
      side(1, { end: hour(3) }),
      { do: 'take', what: 'place' },
    ],
  ];
  test.each(table)('%s', (_promise, agreed, ours, theirs, verdict) => {
    expect(merge(agreed, ours, theirs, BEFORE)).toEqual(verdict);
  });

  test('is not touched there once it is over', () => {
    const after = { now: hour(9), free: () => true };
    expect(merge(side(1), here(1, { status: 'cancelled' }), side(1), after)).toEqual({ do: 'rest' });
    expect(merge(side(1), here(2), side(1), after)).toEqual({ do: 'agree' });
    expect(merge(side(1), here(1, { status: 'no_show' }), side(1), after)).toEqual({
      do: 'send',
      action: 'absent',
    });
  });

  test('is missed for good where its time was given away meanwhile', () => {
    const [agreed, ours] = [side(1, { status: 'no_show' }), here(1, { status: 'no_show' })];
    expect(merge(agreed, ours, side(1), { now: hour(2), free: () => false })).toEqual({
      do: 'send',
      action: 'absent',
    });
    expect(merge(agreed, ours, side(1), { now: hour(2), free: () => true })).toEqual({
      do: 'take',
      what: 'status',
    });
  });
});

/** What both sides say after a verdict was carried out. */
const carryOut = (verdict: Verdict, agreed: Side, ours: Ours, theirs: Side): [Side, Ours, Side] => {
  if (verdict.do === 'take' && verdict.what === 'place')
    return [
      { ...theirs, status: agreed.status },
      { ...ours, start: theirs.start, end: theirs.end, doctorId: theirs.doctorId },
      theirs,
    ];
  if (verdict.do === 'take') return [theirs, { ...ours, status: theirs.status }, theirs];
  if (verdict.do !== 'send') return [theirs, ours, theirs];
  const { start, end, doctorId } = ours;
  const now: Side = {
    reschedule: { ...theirs, start, end },
    rebook: { start, end, doctorId, status: 'scheduled' as const },
    cancel: { ...theirs, status: 'cancelled' as const },
    decline: { ...theirs, status: 'cancelled' as const },
    confirm: { ...theirs, status: 'scheduled' as const },
    absent: { ...theirs, status: 'no_show' as const },
    present: { ...theirs, status: 'scheduled' as const },
  }[verdict.action];
  return [{ ...now, status: now.status === ours.status ? now.status : agreed.status }, ours, now];
};

test('whatever changed on either side, a few steps lead to rest, and to one outcome where both can still be changed', () => {
  const anySide = fc.record({
    start: fc.integer({ min: 1, max: 3 }),
    doctorId: fc.constantFrom('maria', 'nikos'),
    status: fc.constantFrom('pending', 'scheduled', 'cancelled', 'no_show'),
  });
  const place = ({ start, ...more }: { start: number; doctorId: string; status: string }) =>
    side(start, more as Partial<Side>);
  fc.assert(
    fc.property(
      anySide,
      anySide,
      anySide,
      fc.boolean(),
      fc.boolean(),
      (was, ourNow, theirNow, begun, free) => {
        let [agreed, ours, theirs] = [
          place(was),
          { ...place(ourNow), begun: false } as Ours,
          place(theirNow),
        ];
        if (begun) ours = { ...ours, status: 'scheduled', begun };
        let verdict: Verdict = { do: 'rest' };
        for (let step = 0; step < 6; step += 1) {
          verdict = merge(agreed, ours, theirs, { ...BEFORE, free: () => free });
          if (['agree', 'rest', 'part'].includes(verdict.do)) break;
          [agreed, ours, theirs] = carryOut(verdict, agreed, ours, theirs);
        }
        expect(['agree', 'rest', 'part']).toContain(verdict.do);
        const gone = [ours.status, theirs.status].every(
          (status) => status === 'cancelled' || status === 'no_show',
        );
        if (verdict.do === 'agree' && !gone && !begun) {
          expect(ours.status).toBe(theirs.status);
          if (ours.status !== 'no_show')
            expect([ours.start, ours.doctorId]).toEqual([theirs.start, theirs.doctorId]);
        }
      },
    ),
    { seed: 20_261_124, numRuns: 3_000 },
  );
});
