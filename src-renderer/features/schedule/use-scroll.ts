import { type RefObject, useLayoutEffect, useRef } from 'react';

interface ScrollContext {
  scroller: RefObject<HTMLElement | null>;
  /** The instant of the board's upper edge, epoch milliseconds. */
  startMs: number;
  /** The same edge in minutes of the wall clock. */
  fromMinute: number;
  heightPx: number;
  pxPerMinute: number;
  /** Changes when another day is shown. */
  day: string;
}

/** How much of the visible height stays above the current time. */
const ABOVE_NOW = 0.3;

/**
 * Opens each day at the current time, or at its beginning when now is not in it. Keeps the middle on zooming, and what
 * is seen where it is when a change makes the board begin earlier or later.
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
    const now = ((Date.now() - startMs) / 60_000) * pxPerMinute;
    element.scrollTop = now > 0 && now < heightPx ? now - element.clientHeight * ABOVE_NOW : 0;
  }, [scroller, startMs, fromMinute, heightPx, pxPerMinute, day]);
};
