import { type RefObject, startTransition, useEffect, useState } from 'react';
import { COLUMN_MIN_PX } from './columns.ts';
import { type DayOnBoard, openingTop } from './use-scroll.ts';

/**
 * How far down each column has its cards, in pixels: when another day opens, first those that can be seen, so that they
 * are there at once; all others right after, in slices that let keys and pointer through.
 */
export const useInViewFirst = (
  scroller: RefObject<HTMLElement | null>,
  key: string,
  count: number,
  day: DayOnBoard,
): ((index: number) => number) => {
  const [complete, setComplete] = useState('');
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => startTransition(() => setComplete(key))));
    return () => cancelAnimationFrame(frame);
  }, [key]);
  if (complete === key) return () => Number.POSITIVE_INFINITY;
  const { scrollLeft = 0, scrollTop = 0, clientWidth, clientHeight } = scroller.current ?? {};
  const width = clientWidth ?? window.innerWidth;
  const height = clientHeight ?? window.innerHeight;
  const column = Math.max(COLUMN_MIN_PX, width / Math.max(1, count));
  const bottom = Math.max(scrollTop, openingTop(day, height)) + height;
  return (index) => ((index + 1) * column >= scrollLeft && index * column <= scrollLeft + width ? bottom : 0);
};
