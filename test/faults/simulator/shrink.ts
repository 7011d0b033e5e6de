import type { Schedule } from './acts.ts';

/** Leaves acts out of a schedule for as long as it still fails, larger pieces first. `fails` plays one. */
export const shrink = async (
  schedule: Schedule,
  fails: (shorter: Schedule) => Promise<boolean>,
): Promise<Schedule> => {
  let best = schedule;
  for (
    let piece = Math.ceil(best.acts.length / 2);
    piece >= 1;
    piece = piece === 1 ? 0 : Math.ceil(piece / 2)
  ) {
    for (let from = 0; from < best.acts.length; ) {
      const acts = [...best.acts.slice(0, from), ...best.acts.slice(from + piece)];
      if (await fails({ ...best, acts })) best = { ...best, acts };
      else from += piece;
    }
  }
  return best;
};
