/**
 * Whether there is time for one more run of a property, from now on for `ms`. fast-check's own limit ends the waiting and
 * not the run, which would go on beneath what is checked next.
 */
export const timeForMore = (ms: number): (() => boolean) => {
  const ends = performance.now() + ms;
  return () => performance.now() < ends;
};
