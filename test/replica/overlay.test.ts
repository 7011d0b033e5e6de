import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyRows } from '../../src-main/core/replica/apply.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { markApplied, unanswered } from '../../src-main/core/replica/outbox.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { takeVerdicts } from '../../src-main/core/sync/verdicts.ts';
import { type LoneDesk, loneDesk } from '../support/desk.ts';

describe('what a desk shows of a row that it changed', () => {
  let desk: LoneDesk;
  const id = newId();
  beforeEach(() => {
    desk = loneDesk();
    fromCentral(1, {});
  });
  afterEach(() => desk.dispose());

  const fromCentral = (rev: number, values: Record<string, unknown>) =>
    desk.replica.repeatable(() =>
      applyRows(desk.replica, [{ table: 'patients', row: { ...row, ...values, id, rev } }], rev),
    );
  const row = {
    created_at: 1,
    updated_at: 1,
    first_name: 'Eleni',
    last_name: 'Pappa',
    phone: '1',
    city: 'Volos',
  };
  const set = (values: { phone?: string; city?: string }) => {
    writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, id, values),
    );
    return unanswered(desk.replica).at(-1)?.changeId ?? '';
  };
  const shown = () => {
    const { phone, city } = readRow(desk.replica, 'patients', id) ?? {};
    return { phone, city };
  };
  const verdict = (changeId: string, outcome: 'applied' | 'refused', rev: number) =>
    takeVerdicts(
      desk.replica,
      [{ change_id: changeId, outcome, rev, refusal: outcome === 'refused' ? { code: 'clash' } : null }],
      desk.now(),
    );
  const bases = () => desk.replica.statement('select count(*) from base').pluck().get();

  test('is its own value from the write on, and not before it is committed elsewhere', () => {
    set({ phone: '2' });
    expect(shown()).toEqual({ phone: '2', city: 'Volos' });
  });

  test('is its own column over another desk’s newer row, until there is a verdict', () => {
    const change = set({ phone: '2' });
    fromCentral(2, { phone: '3', city: 'Larisa' });
    expect(shown()).toEqual({ phone: '2', city: 'Larisa' });
    verdict(change, 'refused', 3);
    expect(shown()).toEqual({ phone: '3', city: 'Larisa' });
    expect(bases()).toBe(0);
  });

  test('stays its own between the verdict and the commit that carries it', () => {
    const change = set({ phone: '2' });
    verdict(change, 'applied', 3);
    fromCentral(2, { city: 'Larisa' });
    expect(shown()).toEqual({ phone: '2', city: 'Larisa' });
    fromCentral(3, { phone: '2', city: 'Larisa' });
    expect(shown()).toEqual({ phone: '2', city: 'Larisa' });
    expect(unanswered(desk.replica)).toEqual([]);
    expect(bases()).toBe(0);
  });

  test('is central’s where another desk set it after this desk’s change was applied', () => {
    const change = set({ phone: '2' });
    verdict(change, 'applied', 2);
    fromCentral(3, { phone: '4' });
    expect(shown()).toEqual({ phone: '4', city: 'Volos' });
  });

  test('is central’s at once when the answer comes after the row did', () => {
    const change = set({ phone: '2' });
    fromCentral(5, { phone: '4' });
    expect(shown().phone).toBe('2');
    verdict(change, 'applied', 3);
    expect(shown().phone).toBe('4');
    expect(readDeskState(desk.replica).cursor).toBe(5);
  });

  test('has the later of two changes on top, and the earlier one is refused with what stands on it', () => {
    const first = set({ phone: '2' });
    set({ phone: '3' });
    set({ city: 'Kavala' });
    verdict(first, 'refused', 2);
    expect(shown()).toEqual({ phone: '1', city: 'Kavala' });
    expect(unanswered(desk.replica).map(({ state }) => state)).toEqual(['void', 'waiting']);
    const refusals = desk.replica.statement('select changes from refusals').pluck().all() as string[];
    expect(refusals.map((changes) => JSON.parse(changes).length)).toEqual([2]);
  });

  test('is nothing once the change that made the row was refused', () => {
    const animal = newId();
    writeChange(desk, { kind: 'registerPatient', actor: null }, (change) =>
      change.insert(patients, { id: animal, firstName: 'Rex', lastName: 'Dog', ownerId: id }),
    );
    const change = unanswered(desk.replica).at(-1)?.changeId ?? '';
    expect(readRow(desk.replica, 'patients', animal)).toMatchObject({ first_name: 'Rex' });
    verdict(change, 'refused', 2);
    expect(readRow(desk.replica, 'patients', animal)).toBeUndefined();
  });

  test('does not depend on how often an answer comes', () => {
    const change = set({ phone: '2' });
    verdict(change, 'applied', 2);
    verdict(change, 'applied', 2);
    verdict(change, 'refused', 2);
    markApplied(desk.replica, 99, 1);
    fromCentral(2, { phone: '2' });
    expect(shown().phone).toBe('2');
    expect(desk.replica.statement('select count(*) from refusals').pluck().get()).toBe(0);
  });
});
