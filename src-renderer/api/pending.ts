import { create } from 'zustand';

/** Calls that have not been answered for so long are worth a word. */
const SLOW_MS = 500;

/** How many calls keep the person waiting. */
export const useSlowCalls = create<{ count: number }>(() => ({ count: 0 }));

const add = (number: number): void => useSlowCalls.setState(({ count }) => ({ count: count + number }));

/** Counts a call among the slow ones from half a second on until it is answered. */
export const watched = async <T>(answer: Promise<T>): Promise<T> => {
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
    add(1);
  }, SLOW_MS);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    if (slow) add(-1);
  }
};
