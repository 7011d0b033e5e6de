import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Status } from '../../../src-main/contract/status.ts';
import { mapEntry } from '../../../src-main/core/integrations/idexx/mapping.ts';
import { NeoAppointment } from '../../../src-main/core/integrations/idexx/shapes.ts';
import {
  caseStatusOf,
  mergeStatus,
  type NeoStatus,
  statusOfLabel,
} from '../../../src-main/core/integrations/idexx/status.ts';
import { spanOf } from '../../../src-main/core/integrations/idexx/wall-time.ts';
import { appointment } from '../../support/idexx-clinic.ts';

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
const span = (start: string, end: string, zone = 'Europe/Athens') => {
  const found = spanOf(start, end, zone);
  return found && [iso(found.start), iso(found.end)];
};
const visit = (more: Parameters<typeof appointment>[2] = {}) => {
  const mapped = mapEntry(NeoAppointment.parse(appointment(1, ['09:00', '09:30'], more)), 'Europe/Athens');
  if (!mapped || !('visit' in mapped)) throw new Error('no visit');
  return mapped.visit;
};

describe('times of Neo, which has no zones', () => {
  test('16:00 is 16:00 in the clinic before and after the clocks change', () => {
    expect(span('2026-03-28 16:00:00', '2026-03-28 16:30:00')?.[0]).toBe('2026-03-28T14:00:00.000Z');
    expect(span('2026-03-29 16:00:00', '2026-03-29 16:30:00')?.[0]).toBe('2026-03-29T13:00:00.000Z');
    expect(span('2026-10-25 16:00:00', '2026-10-25 16:30:00')?.[0]).toBe('2026-10-25T14:00:00.000Z');
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Athens', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        fc.integer({ min: 0, max: 366 }),
        fc.constantFrom('09:00', '12:45', '16:00', '23:30'),
        (zone, days, time) => {
          const local = Temporal.PlainDate.from('2026-01-01').add({ days }).toPlainDateTime(time);
          const text = local.toString({ smallestUnit: 'second' }).replace('T', ' ');
          const end = local.add({ minutes: 20 }).toString({ smallestUnit: 'second' }).replace('T', ' ');
          const found = spanOf(text, end, zone);
          const back = Temporal.Instant.fromEpochMilliseconds(found?.start ?? 0).toZonedDateTimeISO(zone);
          expect(back.toPlainDateTime().equals(local)).toBe(true);
          expect((found?.end ?? 0) - (found?.start ?? 0)).toBe(20 * 60_000);
        },
      ),
    );
  });

  test('a time that is skipped is the moment of the change, one that comes twice its first passing; both keep their length', () => {
    expect(span('2026-03-29 03:15:00', '2026-03-29 03:45:00')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ]);
    expect(span('2026-10-25 03:45:00', '2026-10-25 04:00:00')).toEqual([
      '2026-10-25T00:45:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ]);
  });

  test('a visit through the night ends at its end by the clock', () => {
    expect(span('2026-10-24 22:00:00', '2026-10-25 08:00:00')).toEqual([
      '2026-10-24T19:00:00.000Z',
      '2026-10-25T06:00:00.000Z',
    ]);
  });

  test('what ends before it begins is no stretch of time, and neither is a day that there is not', () => {
    expect(span('2026-11-24 10:00:00', '2026-11-24 10:00:00')).toBeNull();
    expect(span('2026-02-30 10:00:00', '2026-02-30 11:00:00')).toBeNull();
    expect(visit({ end: '2026-11-24 09:00:00' }).wrong).toBe('end');
    expect(visit({ end: '2026-11-24 21:30:00' }).wrong).toBe('end');
  });
});

describe('what Neo calls things', () => {
  test('each label that Neo is known to show has one status, and one of the case', () => {
    const seen = [
      'not arrived',
      'In Progress',
      'Ready to Pay',
      'Finalized',
      'No Show',
      'Cancelled',
      'Checked-in',
    ];
    expect(seen.map((label) => statusOfLabel(label))).toEqual([
      'scheduled',
      'in_room',
      'completed',
      'completed',
      'no_show',
      'cancelled',
      'arrived',
    ]);
    const all: NeoStatus[] = ['scheduled', 'arrived', 'in_room', 'completed', 'cancelled', 'no_show'];
    expect(all.map(caseStatusOf)).toEqual([
      'draft',
      'ongoing',
      'ongoing',
      'completed',
      'reviewed',
      'reviewed',
    ]);
  });

  test('a label that nobody knows is named', () => {
    expect(visit({ status_label: 'Στο διάδρομο' }).wrong).toBe('status_label: Στο διάδρομο');
  });

  test('rosters are nothing, and a block of nobody in particular is neither', () => {
    const block = { appointment_id: null, status_label: null, is_block: true };
    const map = (more: Parameters<typeof appointment>[2]) =>
      mapEntry(NeoAppointment.parse(appointment(1, ['09:00', '09:30'], more)), 'Europe/Athens');
    expect(map({ ...block, is_block: false, is_roster: true })).toBeNull();
    expect(map({ ...block, resourceId: null, provider: null })).toBeNull();
    expect(map(block)).toHaveProperty('block');
  });

  test('the hash says whether anything has changed', () => {
    expect(visit().hash).toBe(visit().hash);
    fc.assert(
      fc.property(
        fc.constantFrom('reason', 'title', 'phone_number', 'first_name', 'patient_name', 'status_label'),
        (field) => {
          const value = field === 'status_label' ? 'Finalized' : 'another';
          expect(visit({ [field]: value }).hash).not.toBe(visit().hash);
        },
      ),
    );
  });

  test('text that Postgres could not keep, or that is too long for its column, is cut to what it can', () => {
    const { animal, title } = visit({ patient_name: `Re\0x${'x'.repeat(200)}`, title: 'half \ud83d' });
    expect(animal?.firstName).toHaveLength(100);
    expect(animal?.firstName.startsWith('Rexx')).toBe(true);
    expect(title).toBe('half');
  });
});

describe('whose word counts on where a visit is', () => {
  const ours: Status[] = [
    'scheduled',
    'arrived',
    'ready',
    'in_room',
    'completed',
    'cancelled',
    'no_show',
    'left',
  ];
  const theirs: NeoStatus[] = ['scheduled', 'arrived', 'in_room', 'completed', 'cancelled', 'no_show'];

  test('while Neo says what it last said, the desk’s word stands, whatever it is', () => {
    for (const here of ours)
      for (const there of theirs) expect(['ours', 'alike']).toContain(mergeStatus(here, there, there));
  });

  test('while the desk has not touched it, Neo’s word comes', () => {
    for (const there of theirs)
      expect(['theirs', 'alike']).toContain(mergeStatus('scheduled', there, 'scheduled'));
  });

  test('of two steps forward the later one counts; anything else a person decides', () => {
    expect(mergeStatus('arrived', 'in_room', 'scheduled')).toBe('theirs');
    expect(mergeStatus('in_room', 'arrived', 'scheduled')).toBe('ours');
    expect(mergeStatus('arrived', 'no_show', 'scheduled')).toBe('clash');
    expect(mergeStatus('no_show', 'arrived', 'scheduled')).toBe('clash');
    expect(mergeStatus('completed', 'cancelled', 'scheduled')).toBe('clash');
  });
});
