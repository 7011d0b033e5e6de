import { z } from 'zod';
import { OutsideName } from '../../contract/outside.ts';
import { Id, Instant } from '../../contract/values.ts';

/** What both sides last had alike of a booking (`outside_bookings.agreed`); what is left out they never compared. */
export const Agreed = z.object({
  start: Instant.optional(),
  end: Instant.optional(),
  /** In the words of `outside_bookings.status`. */
  status: z.string().optional(),
  doctorId: Id.nullish(),
});
export type Agreed = z.infer<typeof Agreed>;

/** What is kept with a problem (`outside_bookings.problem_details`), so that a person can decide; all of it may be missing. */
export const ProblemDetails = z.object({
  /** `taken`: the appointment here that has the time. */
  appointmentId: Id.optional().catch(undefined),
  /** `unknown_doctor`: the doctor or event type that has to be linked. */
  unlinked: OutsideName.optional().catch(undefined),
  /** `not_sent`: what was tried, and the refusal in the outside system's own words. */
  action: z.string().optional().catch(undefined),
  code: z.coerce.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  /** `invalid`: the field that cannot be read. */
  where: z.string().optional().catch(undefined),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
