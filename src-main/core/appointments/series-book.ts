import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { localTime } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointmentSeries, appointments } from '../schema/replica/index.ts';
import { isBookable } from './book.ts';
import { feeOf } from './fee.ts';
import { readSlot, readVisitType } from './grid.ts';
import { endOwnHolds } from './hold.ts';
import { visitOf } from './next-free.ts';
import { findPlace, type Place } from './placement.ts';
import { toRrule } from './series-rule.ts';
import { readAppointments } from './view.ts';

/**
 * Books the dates of a series that were chosen. Here it is all or nothing; towards central the series is one change and
 * each appointment another that stands on it, so that a date which another desk took meanwhile lands in the inbox
 * alone, and the rest of the series stands.
 */
export const bookSeries = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'bookSeries'>,
): CallResult<'bookSeries'> => {
  const first = readSlot(desk, input.slotId);
  if (!first) return refuse('not_found', { what: 'slot', id: input.slotId });
  if (first.locationId === null) return refuse('not_found', { what: 'location' });
  if (!isBookable(desk, input.patientId))
    return refuse('not_found', { what: 'patient', id: input.patientId });
  const places = findPlaces(desk, session, input);
  if (!places.ok) return places;

  const zone = zoneOf(desk, first.locationId);
  const startsLocal = localTime(first.start, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  const [length] = places.value.map(({ place }) => Date.parse(place.endsAt) - Date.parse(place.scheduledAt));
  const seriesId = desk.newId();
  writeChange(desk, { kind: 'bookSeries', actor: session.userId }, (change) =>
    change.insert(appointmentSeries, {
      id: seriesId,
      patientId: input.patientId,
      doctorId: first.doctorId,
      locationId: first.locationId ?? '',
      visitTypeId: input.visitTypeId ?? null,
      rrule: toRrule(input.rule, startsLocal, zone),
      startsLocal,
      durationMinutes: (length ?? 0) / 60_000,
      reason: input.reason || null,
    }),
  );
  for (const { place, at } of places.value) {
    endOwnHolds(desk, place);
    writeChange(desk, { kind: 'bookInSeries', actor: session.userId }, (change) =>
      change.insert(appointments, {
        id: desk.newId(),
        ...place,
        patientId: input.patientId,
        visitTypeId: input.visitTypeId ?? null,
        seriesId,
        seriesAt: at,
        status: 'scheduled',
        appointmentType: input.type ?? 'in_person',
        origin: 'desk',
        ...feeOf(desk, input.visitTypeId ?? null, place.doctorId),
        reason: input.reason || null,
      }),
    );
  }
  const booked = readAppointments(desk, 'where a.series_id = ? order by a.series_at, a.id', seriesId);
  return ok({ seriesId, appointments: booked });
};

/** Where each chosen date goes; the first that cannot be had refuses all of them. */
const findPlaces = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'bookSeries'>,
): Result<{ place: Place; at: string }[]> => {
  const visitType = input.visitTypeId === undefined ? undefined : readVisitType(desk, input.visitTypeId);
  if (input.visitTypeId !== undefined && !visitType)
    return refuse('not_found', { what: 'visitType', id: input.visitTypeId });
  const visit = visitOf(visitType, input.durationMinutes);
  const places: { place: Place; at: string }[] = [];
  for (const { slotId, at } of input.visits) {
    const place = findPlace(desk, session, { slotId, visit, overOwnHolds: true });
    if (!place.ok) return place;
    const clash = places.find((other) => overlap(other.place, place.value));
    if (clash) return refuse('does_not_fit', { minutes: 0, start: place.value.scheduledAt });
    places.push({ place: place.value, at });
  }
  return ok(places);
};

const overlap = (a: Place, b: Place): boolean =>
  a.doctorId === b.doctorId && a.scheduledAt < b.endsAt && b.scheduledAt < a.endsAt;
