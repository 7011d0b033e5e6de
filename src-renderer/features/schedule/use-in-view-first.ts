import { type RefObject, startTransition, useEffect, useState } from 'react';
import { COLUMN_MIN_PX } from './columns.ts';

/**
 * Which columns get their cards: when another day opens, first those that can be seen, so that they are there at
 * once; all others right after, in slices that let keys and pointer through.
 */
export const useInViewFirst = (
  scroller: RefObject<HTMLElement | null>,
  day: string,
  count: number,
): ((index: number) => boolean) => {
  const [complete, setComplete] = useState('');
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => startTransition(() => setComplete(day))));
    return () => cancelAnimationFrame(frame);
  }, [day]);
  if (complete === day) return () => true;
  const left = scroller.current?.scrollLeft ?? 0;
  const width = scroller.current?.clientWidth ?? window.innerWidth;
  const column = Math.max(COLUMN_MIN_PX, width / Math.max(1, count));
  return (index) => (index + 1) * column >= left && index * column <= left + width;
};
