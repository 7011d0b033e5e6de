import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CallEntry } from '../../../src-main/contract/call-lists.ts';
import { useKeys } from '../../app/use-keys.ts';

/** One tab stop for all lines of a call list, and who is next once a call is logged. */
export const useRoving = (entries: readonly CallEntry[]) => {
  const box = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const active = entries.find(({ id }) => id === chosen) ?? entries[0];
  const focus = (id: string | undefined): void =>
    box.current?.querySelector<HTMLElement>(`[data-call="${id}"]`)?.focus();

  /** The line that had the focus may have gone from the list, or moved down it, with this reading. */
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) focus(active?.id);
    hadFocus.current = box.current?.contains(document.activeElement) ?? false;
  });

  const step = (by: number): void => {
    const at = entries.findIndex(({ id }) => id === active?.id);
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + by))];
    setChosen(next?.id ?? null);
    focus(next?.id);
  };
  useKeys({ enterBoard: () => focus(active?.id) });

  return {
    box,
    active,
    choose: (id: string) => setChosen(id),
    /** Who follows the one that is being called now; choosing them is for when the call is logged. */
    advance: () => {
      const at = entries.findIndex(({ id }) => id === active?.id);
      const next = entries[at + 1] ?? entries[at - 1];
      return () => {
        setChosen(next?.id ?? null);
        if (hadFocus.current) focus(next?.id);
      };
    },
    onKeyDown: (event: KeyboardEvent): void => {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (by === 0) return;
      event.preventDefault();
      step(by);
    },
  };
};
