/** Lets waiting calls and events go first. Long readings do this between slices that are short by themselves. */
export const letOthersGo = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
