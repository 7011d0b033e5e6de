import { z } from 'zod';
import type { OutsideSource } from '../../../contract/integrations.ts';
import { OutsideName } from '../../../contract/outside.ts';
import type { Desk } from '../../desk.ts';

/** What a run keeps about a problem (`outside_bookings.problem_details`), by the problem; all of it may be missing. */
export const ProblemDetails = z.object({
  /** `taken`: who has the time here. */
  appointmentId: z.uuid().optional().catch(undefined),
  /** `unknown_doctor`: what has to be linked. */
  unlinked: OutsideName.optional().catch(undefined),
  /** `not_sent`: what was tried, and the refusal in the outside system's own words. */
  action: z.string().optional().catch(undefined),
  code: z.coerce.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  /** `invalid`: the field that cannot be read. */
  where: z.string().optional().catch(undefined),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;

/** Reads them from their text. */
export const detailsOf = (text: string | null): ProblemDetails =>
  ProblemDetails.catch({}).parse(text === null ? {} : JSON.parse(text));

/** What bookings that are still to be taken in wait for, once for each booking. */
export const readUnlinked = ({ replica }: Desk, source: OutsideSource): OutsideName[] =>
  (
    replica
      .statement(
        `select problem_details from outside_bookings
         where source = ? and problem = 'unknown_doctor' and decision is null`,
      )
      .pluck()
      .all(source) as (string | null)[]
  ).flatMap((text) => detailsOf(text).unlinked ?? []);
