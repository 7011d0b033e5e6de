import { expect, test } from 'vitest';
import { share } from '../../src-renderer/api/share.ts';

const before = {
  date: '2026-11-24',
  appointments: [
    { id: 'a', status: 'scheduled', alerts: { firstVisit: true } },
    { id: 'b', status: 'scheduled', alerts: { firstVisit: false } },
  ],
};
const again = (): typeof before => JSON.parse(JSON.stringify(before));

test('an answer that says the same is the same object', () => {
  expect(share(before, again())).toBe(before);
});

test('one appointment that changed leaves every other one the same object', () => {
  const next = again();
  next.appointments[1] = { id: 'b', status: 'arrived', alerts: { firstVisit: false } };
  const said = structuredClone(next);
  const shared = share(before, next);
  expect(shared).toEqual(said);
  expect(shared.appointments[0]).toBe(before.appointments[0]);
  expect(shared.appointments[1]).not.toBe(before.appointments[1]);
});

test('an appointment that comes before the others does not make them new', () => {
  const next = again();
  next.appointments.unshift({ id: 'c', status: 'scheduled', alerts: { firstVisit: false } });
  const said = structuredClone(next);
  const shared = share(before, next);
  expect(shared).toEqual(said);
  expect(shared.appointments.slice(1)).toEqual(before.appointments);
  expect(shared.appointments[1]).toBe(before.appointments[0]);
  expect(shared.appointments[2]).toBe(before.appointments[1]);
});

test('a key that went away is gone from the shared answer too', () => {
  const shared: unknown = share({ a: 1, b: 2 }, { a: 1 });
  expect(shared).toEqual({ a: 1 });
});

test('nothing and something are never taken for each other', () => {
  expect(share({ a: null }, { a: {} })).toEqual({ a: {} });
  expect(share([1], { 0: 1 })).toEqual({ 0: 1 });
  expect(share(undefined, [])).toEqual([]);
});
