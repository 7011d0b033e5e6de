import type { OutsideSource } from '../../../contract/integrations.ts';
import type { OutsideName } from '../../../contract/outside.ts';
import type { Desk } from '../../desk.ts';
import { ProblemDetails } from '../booking-words.ts';

/** Reads what is kept with a problem; what cannot be read is as if it were missing. */
export const detailsOf = (details: unknown): ProblemDetails => ProblemDetails.catch({}).parse(details ?? {});

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
  ).flatMap((text) => detailsOf(text === null ? null : JSON.parse(text)).unlinked ?? []);
