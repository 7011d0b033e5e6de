import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput, CallName, CallOutput } from '../../src-main/contract/calls.ts';
import type { CallError } from '../../src-main/contract/errors.ts';
import { call, onDeskEvent } from './client.ts';

/** What a screen knows of a call that it keeps reading. `data` stays while a newer answer is on its way. */
export interface Live<N extends CallName> {
  data: CallOutput<N> | undefined;
  error: CallError | undefined;
  reload: () => void;
}

/**
 * Reads a call and reads it again when one of `tables` changes (`*` in an event means all). Pass `null` as input
 * to read nothing. An answer that a newer question has overtaken is dropped.
 */
export const useLive = <N extends CallName>(
  name: N,
  input: CallInput<N> | null,
  tables: readonly string[],
): Live<N> => {
  const [state, setState] = useState<{ data?: CallOutput<N>; error?: CallError }>({});
  const question = useRef(0);
  const key = input === null ? null : JSON.stringify(input);
  const tablesKey = tables.join();

  const read = useCallback(async () => {
    const asked = ++question.current;
    if (key === null) return;
    const result = await call(name, JSON.parse(key) as CallInput<N>);
    if (asked !== question.current) return;
    setState((before) => (result.ok ? { data: result.value } : { ...before, error: result.error }));
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
