import type { VisitType } from '../../../src-main/contract/appointment.ts';

/** How long a visit is when nothing says otherwise. */
export const ORDINARY_MINUTES = 15;

/** The visit type to begin with: one as long as `minutes`, or else the first of the list. */
export const usualVisit = (types: readonly VisitType[], minutes: number): VisitType | undefined =>
  types.find(({ durationMinutes }) => durationMinutes === minutes) ?? types[0];
