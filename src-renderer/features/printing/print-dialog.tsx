import type { PrintJob } from '../../app/screen.ts';

/** A page as it will be on paper. */
export const PrintDialog = (_: { job: PrintJob }) => null;
