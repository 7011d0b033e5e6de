import { v5 } from 'uuid';

/** Names the ids of rows that follow from an outside system's own. */
const OUTSIDE = '0192f6c4-9a41-7c2e-8d57-6b0e4f1a3d92';

/**
 * The id of a row that stands for something of an outside system or an imported source, made from what names it there:
 * `outsideId('idexx', clinicId, 'appointment', '4711')`. Two desks that read the same thing apart so make the same row.
 */
export const outsideId = (...names: readonly string[]): string => v5(JSON.stringify(names), OUTSIDE);
