import { z } from 'zod';
import { call } from '../call.ts';
import { TakingsTally, VisitTally } from '../report.ts';
import { Bilingual, Day, Id } from '../values.ts';

const Named = z.object({ id: Id, name: Bilingual });
const DAY_MS = 86_400_000;

/** A stretch of calendar days, both included, of each location's own calendar; a longer one is asked for in pieces. */
const range = z
  .object({ from: Day, to: Day, locationId: Id.optional() })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < 31 * DAY_MS, {
    path: ['to'],
    message: 'at most 31 days, the first one first',
  });

/** How the clinic did. */
export const reportsCalls = {
  reportNames: call({
    summary: 'The names of every doctor and location that a report may speak of, those who left included.',
    input: z.object({}),
    output: z.object({ doctors: z.array(Named), locations: z.array(Named) }),
    right: 'reports.read',
    errors: [],
  }),
  visitTallies: call({
    summary: 'Bookable and booked time, no-shows and waits by week, location and doctor, for up to 31 days.',
    input: range,
    output: z.array(VisitTally),
    right: 'reports.read',
    errors: ['not_found'],
  }),
  takingsTallies: call({
    summary: 'What was taken by week, location, doctor and method, for up to 31 business days.',
    input: range,
    output: z.array(TakingsTally),
    right: 'reports.read',
    errors: ['not_found'],
  }),
};
