import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { call } from '../../api/client.ts';
import { daysIn, piecesOf, type Range } from './range.ts';

type ReportCall = 'visitTallies' | 'takingsTallies';
/** Short enough that progress moves and a stop is quick. */
const PIECE_DAYS = 7;

interface State<N extends ReportCall> {
  /** The tallies of the last range that was counted whole. */
  tallies: CallOutput<N> | undefined;
  error: CallError | undefined;
  /** Days of the range that are being counted; null when nothing is. */
  progress: { done: number; total: number } | null;
  /** When the counting was finished, ISO 8601. */
  countedAt: string | undefined;
}

/**
 * Counts a range piece by piece: once when it is asked for, and again on `again`. A report does not follow every change
 * of the day; it says when it was counted. `stop` leaves the last whole one.
 */
export const useReport = <N extends ReportCall>(name: N, range: Range, locationId: string | null) => {
  const [state, setState] = useState<State<N>>({
    tallies: undefined,
    error: undefined,
    progress: null,
    countedAt: undefined,
  });
  const counting = useRef(0);
  const { from, to } = range;

  const count = useCallback(async () => {
    counting.current += 1;
    const mine = counting.current;
    const total = daysIn({ from, to });
    const tallies: unknown[] = [];
    let done = 0;
    setState((before) => ({ ...before, error: undefined, progress: { done, total } }));
    for (const piece of piecesOf({ from, to }, PIECE_DAYS)) {
      const answer = await call<ReportCall>(name, { ...piece, ...(locationId ? { locationId } : {}) });
      if (counting.current !== mine) return;
      if (!answer.ok) {
        setState((before) => ({ ...before, error: answer.error, progress: null }));
        return;
      }
      tallies.push(...answer.value);
      done += daysIn(piece);
      setState((before) => ({ ...before, progress: { done, total } }));
    }
    setState({
      tallies: tallies as CallOutput<N>,
      error: undefined,
      progress: null,
      countedAt: new Date().toISOString(),
    });
  }, [name, from, to, locationId]);

  const stop = useCallback(() => {
    counting.current += 1;
    setState((before) => ({ ...before, progress: null }));
  }, []);

  useEffect(() => {
    setState({ tallies: undefined, error: undefined, progress: null, countedAt: undefined });
    void count();
    return () => {
      counting.current += 1;
    };
  }, [count]);

  return { ...state, again: count, stop };
};
