import type { Desk } from '../../desk.ts';
import { Explained } from '../../explained.ts';

/** The key of Cal.com at this desk; null where it has none, or no keychain that could. */
export const readKey = async ({ calComKey }: Desk): Promise<string | null> => {
  try {
    return (await calComKey?.read()) ?? null;
  } catch (fault) {
    if (fault instanceof Explained) return null;
    throw fault;
  }
};
