import { useEffect } from 'react';

const signs = ['pointerdown', 'keydown', 'input'] as const;

/** Calls `onIdle` when nobody has touched or typed for so long; null never. */
export const useIdle = (ms: number | null, onIdle: () => void): void => {
  useEffect(() => {
    if (ms === null) return undefined;
    let timer = setTimeout(onIdle, ms);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(onIdle, ms);
    };
    for (const sign of signs) window.addEventListener(sign, again);
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, again);
    };
  }, [ms, onIdle]);
};
