import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput, CallName, CallOutput, CallResult } from '../../src-main/contract/calls.ts';
import type { CallError } from '../../src-main/contract/errors.ts';
import { call, onDeskEvent } from './client.ts';
import { share } from './share.ts';

/** What a screen knows of a call that it keeps reading. `data` stays while a newer answer is on its way. */
export interface Live<N extends CallName> {
  data: CallOutput<N> | undefined;
  error: CallError | undefined;
  reload: () => void;
}

const ahead = new Map<string, Promise<unknown>>();
onDeskEvent((event) => {
  if (event.event === 'tablesChanged') ahead.clear();
});

/** Throws away what was read ahead: somebody else asks from now on. */
export const forgetAhead = (): void => ahead.clear();

/**
 * Reads what will likely be asked for next, so that it is there at once when it is. Whatever changes in the meantime
 * throws it away, so it is never older than what a reading would have given.
 */
export const readAhead = <N extends CallName>(name: N, inputs: readonly CallInput<N>[]): void => {
  ahead.clear();
  for (const input of inputs) ahead.set(`${name} ${JSON.stringify(input)}`, call(name, input));
};

/** The answer to a question: what was read ahead, or else from the core. */
const ask = async <N extends CallName>(name: N, key: string): Promise<CallResult<N>> => {
  const known = (await ahead.get(`${name} ${key}`)) as CallResult<N> | undefined;
  ahead.delete(`${name} ${key}`);
  return known?.ok ? known : call(name, JSON.parse(key) as CallInput<N>);
};

/**
 * Reads a call and reads it again when one of `tables` changes (`*` in an event means all). Pass `null` as input
 * to read nothing. An answer to another question than the present one is dropped. Changes that come while an
 * answer is on its way cause one more reading after it, so that a stream of changes neither piles up readings nor
 * keeps every answer from being shown. What an answer leaves as it was stays the same object (`share`), so that a
 * memoised part of the screen is not drawn again.
 */
export const useLive = <N extends CallName>(
  name: N,
  input: CallInput<N> | null,
  tables: readonly string[],
): Live<N> => {
  const [state, setState] = useState<{ data?: CallOutput<N>; error?: CallError }>({});
  const reading = useRef<{ key: string | null; again: boolean } | null>(null);
  const key = input === null ? null : JSON.stringify(input);
  const tablesKey = tables.join();

  const read = useCallback(async () => {
    if (reading.current?.key === key) {
      reading.current.again = true;
      return;
    }
    const mine = { key, again: true };
    reading.current = mine;
    while (key !== null && mine.again) {
      mine.again = false;
      const result = await ask(name, key);
      if (reading.current !== mine) return;
      setState((before) =>
        result.ok ? { data: share(before.data, result.value) } : { ...before, error: result.error },
      );
    }
    reading.current = null;
  }, [name, key]);

  useEffect(() => {
    void read();
    const watched = new Set(tablesKey.split(','));
    return onDeskEvent((event) => {
      if (event.event !== 'tablesChanged') return;
      if (event.tables.some((table) => table === '*' || watched.has(table))) void read();
    });
  }, [read, tablesKey]);

  return { data: state.data, error: state.error, reload: read };
};
