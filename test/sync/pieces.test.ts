import { describe, expect, test } from 'vitest';
import { CopyLines } from '../../src-main/core/central/copy.ts';
import { slices, wholeCommits } from '../../src-main/core/sync/slices.ts';
import { Waker } from '../../src-main/core/sync/waker.ts';

describe('rows of central', () => {
  const rows = (...revs: number[]) => revs.map((rev) => ({ table: 'patients', rev, row: {} }));
  const many = (count: number, rev: number) => Array.from({ length: count }, () => rev);

  test('are written in slices that end between commits, each with the position that it completes', () => {
    const cut = [...slices(rows(...many(150, 1), ...many(150, 2), ...many(150, 3), 4), 9)];
    expect(cut.map((slice) => [slice.rows.length, slice.cursor])).toEqual([
      [300, 2],
      [151, 9],
    ]);
  });

  test('of one huge commit are written in several, and only the last moves the position', () => {
    const cut = [...slices(rows(...many(2_500, 5)), 5)];
    expect(cut.map((slice) => [slice.rows.length, slice.cursor])).toEqual([
      [1_000, null],
      [1_000, null],
      [500, 5],
    ]);
  });

  test('move the position although there are none', () => {
    expect([...slices([], 7)]).toEqual([{ rows: [], cursor: 7 }]);
  });

  test('that a limit may have cut off are left for the next pull', () => {
    expect(wholeCommits(rows(1, 2, 2)).map(({ rev }) => rev)).toEqual([1]);
  });
});

describe('COPY', () => {
  const read = (text: string, piece: number): (string | null)[][] => {
    const found: (string | null)[][] = [];
    const lines = new CopyLines((row) => found.push(row));
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += piece) lines.push(bytes.subarray(at, at + piece));
    return found;
  };
  const text = 'a\t\\N\tΜαρία\nline\\nbreak\t\\\\N\ttab\\there\n\t\\\\\\\\\tx\n';
  const expected = [
    ['a', null, 'Μαρία'],
    ['line\nbreak', '\\N', 'tab\there'],
    ['', '\\\\', 'x'],
  ];

  test.each([1, 2, 3, 7, 1_000])('is read the same in pieces of %i bytes', (piece) => {
    expect(read(text, piece)).toEqual(expected);
  });
});

describe('a sleeping loop', () => {
  test('is woken by a wake that came before it slept', async () => {
    const waker = new Waker();
    waker.wake();
    expect(await waker.sleep(60_000)).toBe(true);
    expect(await waker.sleep(1)).toBe(false);
  });
});
