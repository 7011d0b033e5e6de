import type { ExceptionKind } from '../../contract/schedules.ts';
import type { Desk } from '../desk.ts';

/** Time that a doctor, or everybody at a location, is not to be booked in. Epoch milliseconds. */
export interface Cut {
  kind: ExceptionKind;
  doctorId: string | null;
  locationId: string | null;
  start: number;
  end: number;
}

/** Appointments that are still to come. Who has arrived is here and is not moved to another day. */
export const COMING = `a.status in ('pending', 'scheduled') and a.scheduled_at >= @now`;

/** The coming appointments that lie in a cut; an opening cuts nothing. */
export const IN_CUT = `${COMING} and @cuts and a.scheduled_at < @end and a.ends_at > @start
  and a.scheduled_at > @start - 13 * 3600000
  and (@doctorId is null or a.doctor_id = @doctorId)
  and (@locationId is null or a.location_id is null or a.location_id = @locationId)`;

/** The values of `IN_CUT`. */
export const cutValues = (desk: Desk, cut: Cut) => ({
  now: Date.parse(desk.now()),
  cuts: cut.kind === 'opening' ? 0 : 1,
  start: cut.start,
  end: cut.end,
  doctorId: cut.doctorId,
  locationId: cut.locationId,
});

/** How many coming appointments lie in a cut. */
export const countAffected = (desk: Desk, cut: Cut): number =>
  desk.replica
    .statement(`select count(*) from appointments a where ${IN_CUT}`)
    .pluck()
    .get(cutValues(desk, cut)) as number;
