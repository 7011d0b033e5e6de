import type { BundleEntry } from '../../../src-main/contract/export.ts';

/** Entries of one or more exports as a FHIR R4 Bundle, each once. `at` is when it was made, epoch milliseconds. */
export const bundleOf = (entries: readonly BundleEntry[], at: number) => ({
  resourceType: 'Bundle',
  type: 'collection',
  timestamp: new Date(at).toISOString(),
  entry: [...new Map(entries.map((entry) => [entry.fullUrl, entry])).values()],
});
