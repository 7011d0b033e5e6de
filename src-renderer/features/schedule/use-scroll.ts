import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Where a day lies on the board. */
export interface DayOnBoard {
  /** The instant of the board's upper edge, epoch milliseconds. */
  startMs: number;
  heightPx: number;
  pxPerMinute: number;
}

interface ScrollContext extends DayOnBoard {
  scroller: RefObject<HTMLElement | null>;
  /** The upper edge in minutes of the wall clock. */
  fromMinute: number;
  /** Changes when another day is shown. */
  day: string;
}

/** How much of the visible height stays above the current time. */
const ABOVE_NOW = 0.3;

/** How far down a day opens, of which `visiblePx` are seen: at the current time, or at its beginning when now is not in it. */
export const openingTop = ({ startMs, heightPx, pxPerMinute }: DayOnBoard, visiblePx: number): number => {
  const now = ((Date.now() - startMs) / 60_000) * pxPerMinute;
  return now > 0 && now < heightPx ? now - visiblePx * ABOVE_NOW : 0;
};

/**
 * Opens each day where it begins or at the current time. Keeps the middle on zooming, and what is seen where it is when
 * a change makes the board begin earlier or later.
 */
export const useScroll = (context: ScrollContext): void => {
  const { scroller, startMs, fromMinute, heightPx, pxPerMinute, day } = context;
  const shown = useRef<{ day: string; pxPerMinute: number; fromMinute: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || day === '') return;
    const before = shown.current;
    shown.current = { day, pxPerMinute, fromMinute };
    if (before?.day === day) {
      const half = element.clientHeight / 2;
      const middle = (element.scrollTop + half) / before.pxPerMinute + before.fromMinute - fromMinute;
      element.scrollTop = middle * pxPerMinute - half;
      return;
    }
    element.scrollTop = openingTop({ startMs, heightPx, pxPerMinute }, element.clientHeight);
  }, [scroller, startMs, fromMinute, heightPx, pxPerMinute, day]);
};
