import { useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * A value for what is drawn right after the frame that shows what it follows: the panel of what the arrows walk over on
 * the board, which need not wait for it. Any other key finds it drawn, so that no key acts on what was chosen before.
 */
export const useDrawnNext = <T>(value: T): T => {
  const [drawn, setDrawn] = useState(value);
  useLayoutEffect(() => {
    if (drawn === value) return;
    const draw = () => setDrawn(() => value);
    const frame = requestAnimationFrame(() => setTimeout(draw));
    const beforeKey = ({ key }: KeyboardEvent): void => {
      if (!key.startsWith('Arrow')) flushSync(draw);
    };
    window.addEventListener('keydown', beforeKey, true);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('keydown', beforeKey, true);
    };
  }, [value, drawn]);
  return drawn;
};
