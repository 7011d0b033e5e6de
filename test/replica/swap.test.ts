import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyRows } from '../../src-main/core/replica/apply.ts';
import { noteEvent, waitingEvents } from '../../src-main/core/replica/audit-events.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { acknowledge, addToOutbox, markApplied, unanswered } from '../../src-main/core/replica/outbox.ts';
import { RebuildFile } from '../../src-main/core/replica/rebuild.ts';
import { addRefusal, openRefusals } from '../../src-main/core/replica/refusals.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { takeRebuilt } from '../../src-main/core/replica/swap.ts';
import { replicatedTable } from '../../src-main/core/replica/tables.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { takeVerdicts } from '../../src-main/core/sync/verdicts.ts';
import { type LoneDesk, loneDesk } from '../support/desk.ts';
import { until } from '../support/until.ts';

describe('a replica that is built anew', () => {
  const ids = { changed: newId(), gone: newId(), made: newId() };
  let desk: LoneDesk;
  beforeEach(() => {
    desk = loneDesk();
  });
  afterEach(() => desk.dispose());

  /** Fills the new file as the rebuild does, from rows as COPY gives them. */
  const fill = (rows: Record<string, string>[]) => {
    const file = new RebuildFile(desk.replica.rebuildFile, desk.replica.key);
    const insert = file.inserter('patients');
    const names = [...replicatedTable('patients').columns.keys()];
    const common = { rev: '7', created_at: '1', updated_at: '1', last_name: 'Pappa' };
    for (const row of rows) insert(names.map((name) => ({ ...common, ...row })[name] ?? null));
    file.finish();
  };
  const swap = () => takeRebuilt(desk.replica, { epoch: 'this', seq: 7, witness: null });
  const register = (id: string, firstName: string) =>
    writeChange(desk, { kind: 'registerPatient', actor: null }, (change) =>
      change.insert(patients, { id, firstName, lastName: 'Pappa' }),
    );

  test('keeps what the audit was not told yet, in its order', async () => {
    const session = { userId: null, rights: new Set<never>() };
    for (const rowId of [ids.changed, ids.gone])
      noteEvent(desk, session, { action: 'openPatient', table: 'patients', rowId });
    const before = waitingEvents(desk.replica, 10);
    expect(before.map(({ row }) => row)).toEqual([ids.changed, ids.gone]);
    fill([]);
    await swap();
    expect(waitingEvents(desk.replica, 10)).toEqual(before);
  });

  test('keeps what waits, shown on top of the fresh rows', async () => {
    register(ids.changed, 'Eleni');
    const first = unanswered(desk.replica)[0];
    markApplied(desk.replica, first?.deskSeq ?? 0, 5);
    writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, ids.changed, { phone: '2' }),
    );
    register(ids.made, 'Rex');
    fill([{ id: ids.changed, first_name: 'Eleni', phone: '1', city: 'Volos' }]);
    await swap();

    expect(unanswered(desk.replica).map(({ kind, deskSeq }) => [kind, deskSeq])).toEqual([
      ['updatePatient', 2],
      ['registerPatient', 3],
    ]);
    expect(readRow(desk.replica, 'patients', ids.changed)).toMatchObject({
      phone: '2',
      city: 'Volos',
      rev: 7,
    });
    expect(readRow(desk.replica, 'patients', ids.made)).toMatchObject({ first_name: 'Rex' });
    expect(readDeskState(desk.replica)).toMatchObject({ epoch: 'this', cursor: 7 });

    const change = unanswered(desk.replica)[0]?.changeId ?? '';
    const refused = {
      change_id: change,
      outcome: 'refused' as const,
      rev: 8,
      refusal: { code: 'clash' as const },
    };
    takeVerdicts(desk.replica, [refused], desk.now());
    expect(readRow(desk.replica, 'patients', ids.changed)).toMatchObject({ phone: '1' });
  });

  describe('after central lost a row that a change was set on', () => {
    const shownPhone = () => readRow(desk.replica, 'patients', ids.gone)?.['phone'];
    beforeEach(async () => {
      const row = {
        id: ids.gone,
        first_name: 'Eleni',
        last_name: 'Pappa',
        phone: '1',
        created_at: 1,
        updated_at: 1,
      };
      desk.replica.repeatable(() =>
        applyRows(desk.replica, [{ table: 'patients', row: { ...row, rev: 5 } }], 5),
      );
      writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
        change.update(patients, ids.gone, { phone: '2' }),
      );
      fill([]);
      await swap();
    });
    const answer = (outcome: 'applied' | 'refused', rev: number) => {
      const [change] = unanswered(desk.replica);
      const refusal = outcome === 'refused' ? { code: 'row_gone' as const } : null;
      takeVerdicts(desk.replica, [{ change_id: change?.changeId ?? '', outcome, rev, refusal }], desk.now());
    };

    test('shows that change until central answers, also when it is built anew once more', async () => {
      expect(shownPhone()).toBe('2');
      fill([]);
      await swap();
      expect(shownPhone()).toBe('2');
    });

    test('does not show the row any more once central has refused the change', () => {
      answer('refused', 8);
      expect(readRow(desk.replica, 'patients', ids.gone)).toBeUndefined();
      expect(desk.replica.statement('select count(*) from base').pluck().get()).toBe(0);
    });

    test('shows central’s row again where another desk brought it back', async () => {
      answer('applied', 9);
      expect(shownPhone()).toBe('2');
      const row = {
        id: ids.gone,
        first_name: 'Helen',
        last_name: 'Pappa',
        phone: '2',
        created_at: 1,
        updated_at: 1,
      };
      desk.replica.repeatable(() =>
        applyRows(desk.replica, [{ table: 'patients', row: { ...row, rev: 9 } }], 9),
      );
      expect(readRow(desk.replica, 'patients', ids.gone)).toMatchObject({ first_name: 'Helen', rev: 9 });
      expect(unanswered(desk.replica)).toEqual([]);
    });
  });

  test('loses the rows that central no longer has, and no entry of the inbox and nothing acknowledged', async () => {
    register(ids.gone, 'Nobody');
    const [change] = unanswered(desk.replica);
    if (!change) throw new Error('nothing waits');
    markApplied(desk.replica, change.deskSeq, 5);
    acknowledge(desk.replica, change.changeId, 'applied', desk.now());
    addRefusal(desk.replica, { changes: [change], refusal: { code: 'invalid' }, refusedAt: desk.now() });
    fill([]);
    await swap();
    expect(readRow(desk.replica, 'patients', ids.gone)).toBeUndefined();
    expect(openRefusals(desk.replica).map(({ changeId }) => changeId)).toEqual([change.changeId]);
    expect(desk.replica.statement('select change_id from acknowledged').pluck().all()).toEqual([
      change.changeId,
    ]);
    expect(existsSync(desk.replica.rebuildFile)).toBe(false);
  });

  test.runIf(existsSync('/proc/self/fd'))('gives the room of the former file back', async () => {
    const isFormer = (one: string): boolean => {
      try {
        const held = readlinkSync(`/proc/self/fd/${one}`);
        return held.startsWith(desk.replica.file) && held.endsWith('(deleted)');
      } catch {
        return false; // Closed while they were listed.
      }
    };
    fill([]);
    await swap();
    await until('no former file is held', () => !readdirSync('/proc/self/fd').some(isFormer), 10_000);
  });

  test('numbers the next change after the last', async () => {
    register(ids.made, 'Rex');
    fill([]);
    await swap();
    const seq = addToOutbox(desk.replica, {
      changeId: newId(),
      kind: 'x',
      actor: null,
      at: desk.now(),
      rows: [],
    });
    expect(seq).toBe(2);
  });

  test('has the same indexes as one that was made row by row', async () => {
    const indexes = () =>
      desk.replica.db.prepare(`select name, sql from sqlite_master where type = 'index' order by name`).all();
    const before = indexes();
    fill([]);
    await swap();
    expect(indexes()).toEqual(before);
  });
});
