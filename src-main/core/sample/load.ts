import { copyClinic } from '../central/copy-in.ts';
import { sampleRows } from './rows.ts';
import { defaultSizes, type SampleSizes } from './sizes.ts';

/** What was loaded: the clinic, and how many rows of each table. */
export interface LoadedSample {
  clinicId: string;
  counts: Record<string, number>;
}

/**
 * Loads a sample clinic into a central that has been initialised, in one transaction. `ownerUrl` is its owner's
 * connection. `clinicId` names the new clinic; without it the seed does, so a second load of the same
 * seed and moment fails on the first row. `now` (in `sizes`) is the moment whose today is shown.
 */
export const loadSample = async (
  ownerUrl: string,
  sizes: Partial<SampleSizes> = {},
  options: { clinicId?: string } = {},
): Promise<LoadedSample> => {
  const now = sizes.now ?? new Date().toISOString();
  return copyClinic(ownerUrl, sampleRows({ ...defaultSizes(now), ...sizes }, options.clinicId));
};
