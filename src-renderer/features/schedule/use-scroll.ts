import { type RefObject, useLayoutEffect, useRef } from 'react';

interface ScrollContext {
  scroller: RefObject<HTMLElement | null>;
  /** The instant of the board's upper edge, epoch milliseconds. */
  startMs: number;
  heightPx: number;
  pxPerMinute: number;
  /** Changes when another day is shown. */
  day: string;
}

/** How much of the visible height stays above the current time. */
const ABOVE_NOW = 0.3;

/** Opens each day at the current time, or at its beginning when now is not in it, and keeps the middle on zooming. */
export const useScroll = ({ scroller, startMs, heightPx, pxPerMinute, day }: ScrollContext): void => {
  const shown = useRef<{ day: string; pxPerMinute: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || day === '') return;
    const before = shown.current;
    shown.current = { day, pxPerMinute };
    if (before?.day === day) {
      const middle = element.scrollTop + element.clientHeight / 2;
      element.scrollTop = (middle * pxPerMinute) / before.pxPerMinute - element.clientHeight / 2;
      return;
    }
    const now = ((Date.now() - startMs) / 60_000) * pxPerMinute;
    element.scrollTop = now > 0 && now < heightPx ? now - element.clientHeight * ABOVE_NOW : 0;
  }, [scroller, startMs, heightPx, pxPerMinute, day]);
};
