import { Explained } from '../../src-main/core/explained.ts';

/** `npm run faults`: random schedules of faults against whole desks. */
export const main = async (): Promise<void> => {
  throw new Explained('The simulator is not written yet.');
};
