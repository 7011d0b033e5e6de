import { setImmediate } from 'node:timers/promises';
import type { Appointment } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { NewWorkingHours } from '../../contract/schedules.ts';
import { makeSlots, type ScheduleRules } from '../appointments/make-slots.ts';
import { joinStretches } from '../appointments/slot.ts';
import { readAppointments } from '../appointments/view.ts';
import { dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { COMING, type Cut, cutValues, IN_CUT } from './affected-by-cut.ts';
import { planException, readException } from './exceptions.ts';
import { readRules, readTemplates } from './rules.ts';
import { checkHours } from './working-hours.ts';
import { afterChange, replaceWeek } from './working-week.ts';

/**
 * The coming appointments that new hours, leave, a holiday or a block leave without their doctor, by start. What lay
 * outside the hours before is not counted to new ones.
 */
export const affectedAppointments = async (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'affectedAppointments'>,
): Promise<CallResult<'affectedAppointments'>> => {
  const { hours, newException, exceptionId } = input;
  if (hours) {
    const refused = checkHours(desk, hours);
    return refused ?? ok(withSpecialty(desk, await outsideHours(desk, hours)));
  }
  if (newException) {
    const planned = planException(desk, newException);
    return planned.ok ? ok(withSpecialty(desk, inCut(desk, planned.value))) : planned;
  }
  const row = exceptionId === undefined ? undefined : readException(desk, exceptionId);
  if (!row) return refuse('not_found', { what: 'exception', id: exceptionId });
  return ok(withSpecialty(desk, inCut(desk, row)));
};

const inCut = (desk: Desk, cut: Cut): Appointment[] =>
  readAppointments(desk, `where ${IN_CUT} order by a.scheduled_at, a.id`, cutValues(desk, cut));

/** What fits the doctor's hours as they are and not as they would be, day by day, other calls in between. */
const outsideHours = async (desk: Desk, hours: NewWorkingHours): Promise<Appointment[]> => {
  const { doctorId } = hours;
  const coming = readAppointments(
    desk,
    `where ${COMING} and a.doctor_id = @doctorId order by a.scheduled_at, a.id`,
    { now: Date.parse(desk.now()), doctorId },
  );
  const templates = readTemplates(desk, doctorId);
  const now = readRules(desk, doctorId);
  const then = {
    ...now,
    templates: afterChange(templates, replaceWeek(templates, hours)).filter((one) =>
      now.zones.has(one.locationId),
    ),
  };
  const outside: Appointment[] = [];
  for (const [day, appointments] of byDay(desk, coming)) {
    const [before, after] = [openTime(now, day), openTime(then, day)];
    outside.push(...appointments.filter((one) => lies(one, before) && !lies(one, after)));
    await setImmediate();
  }
  return outside;
};

const byDay = (desk: Desk, appointments: readonly Appointment[]): Map<string, Appointment[]> => {
  const days = new Map<string, Appointment[]>();
  for (const appointment of appointments) {
    const day = dayOf(Date.parse(appointment.start), zoneOf(desk, appointment.locationId));
    const same = days.get(day);
    if (same) same.push(appointment);
    else days.set(day, [appointment]);
  }
  return days;
};

type OpenTime = { start: number; end: number; locationId: string }[];

/** When one can be booked on a day or in the night after it, in stretches at one place. */
const openTime = (rules: ScheduleRules, day: string): OpenTime =>
  joinStretches(
    makeSlots(rules, day, day)
      .filter(({ available }) => available)
      .map(({ start, end, locationId }) => ({ start: Date.parse(start), end: Date.parse(end), locationId })),
    (a, b) => a.locationId === b.locationId,
  );

const lies = (appointment: Appointment, open: OpenTime): boolean =>
  open.some(
    ({ start, end, locationId }) =>
      start <= Date.parse(appointment.start) &&
      end >= Date.parse(appointment.end) &&
      (appointment.locationId === null || appointment.locationId === locationId),
  );

const withSpecialty = ({ replica }: Desk, appointments: readonly Appointment[]) => {
  const specialty = replica.statement('select specialty_id from doctors where id = ?').pluck();
  return appointments.map((appointment) => ({
    appointment,
    specialtyId: (specialty.get(appointment.doctorId) as string | null | undefined) ?? null,
  }));
};
