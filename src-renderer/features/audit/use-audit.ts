import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditEntry, AuditFilter, AuditPage } from '../../../src-main/contract/audit.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { call } from '../../api/client.ts';

export interface ReadAudit {
  entries: readonly AuditEntry[];
  /** There is more to read. */
  hasMore: boolean;
  /** The first part is on its way, or another one. */
  reading: boolean;
  error: CallError | undefined;
  /** Who and where can be chosen; empty until the first part is there. */
  people: AuditPage['people'];
  desks: AuditPage['desks'];
  more: () => void;
  again: () => void;
}

interface State {
  entries: readonly AuditEntry[];
  next: number | null;
  reading: boolean;
  error?: CallError;
  people: AuditPage['people'];
  desks: AuditPage['desks'];
}

const nothing: State = { entries: [], next: null, reading: true, people: [], desks: [] };

/**
 * Reads the audit from central, a part at a time; anew where the filter is another one. It is not read again by itself:
 * each reading stands in the audit too. Null reads nothing.
 */
export const useAudit = (filter: AuditFilter | null): ReadAudit => {
  const [state, setState] = useState<State>(nothing);
  const turn = useRef(0);
  const key = filter && JSON.stringify(filter);

  const read = useCallback(
    async (below: number | null) => {
      if (key === null) return;
      turn.current += 1;
      const mine = turn.current;
      setState(({ error: _, ...before }) => ({
        ...before,
        ...(below === null ? { entries: [], next: null } : {}),
        reading: true,
      }));
      const result = await call('readAudit', {
        filter: JSON.parse(key) as AuditFilter,
        ...(below === null ? {} : { below }),
      });
      if (turn.current !== mine) return;
      setState((before) =>
        result.ok
          ? { ...result.value, entries: [...before.entries, ...result.value.entries], reading: false }
          : { ...before, reading: false, error: result.error },
      );
    },
    [key],
  );
  useEffect(() => {
    void read(null);
  }, [read]);

  return {
    ...state,
    error: state.error,
    hasMore: state.next !== null,
    more: () => void read(state.next),
    again: () => void read(null),
  };
};
