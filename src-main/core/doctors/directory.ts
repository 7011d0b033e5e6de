import { and, asc, eq, isNull } from 'drizzle-orm';
import type { CallOutput, CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import {
  clinicLocations,
  clinics,
  deskState,
  doctors as doctorsTable,
  rooms,
  scheduleTemplates,
  specialties as specialtiesTable,
  visitTypes as visitTypesTable,
} from '../schema/replica/index.ts';
import { doctorNames } from './names.ts';
import { NEXT_AVAILABLE } from './next-available.ts';
import { waitingLimitMinutes } from './settings.ts';

/** The clinic and this desk; `not_ready` before the first sync. */
export const clinic = (desk: Desk): CallResult<'clinic'> => {
  const row = desk.replica.orm.select().from(clinics).get();
  if (!row) return refuse('not_ready');
  const state = desk.replica.orm.select().from(deskState).get();
  return ok({
    id: row.id,
    name: { en: row.name, el: row.nameEl ?? row.name },
    kind: row.kind,
    currency: row.currency,
    firstWeekday: row.firstWeekday,
    isSample: row.isSample,
    canLeaveSample: desk.startOwnClinic !== undefined,
    deskName: state?.deskName ?? '',
    waitingLimitMinutes: waitingLimitMinutes(row.settings),
    insecureKeyFile: desk.insecureKeyFile ?? false,
  });
};

/** The locations by name, each with its rooms in board order. */
export const locations = (desk: Desk): CallResult<'locations'> => {
  const { orm } = desk.replica;
  const allRooms = orm
    .select()
    .from(rooms)
    .where(isNull(rooms.deletedAt))
    .orderBy(asc(rooms.sortOrder), asc(rooms.name))
    .all();
  const rows = orm
    .select()
    .from(clinicLocations)
    .where(isNull(clinicLocations.deletedAt))
    .orderBy(asc(clinicLocations.name), asc(clinicLocations.id))
    .all();
  return ok(
    rows.map((row) => ({
      id: row.id,
      name: { en: row.name, el: row.nameEl ?? row.name },
      address: [row.addressLine1, row.addressLine2].filter(Boolean).join(', '),
      city: row.city,
      phone: row.phone,
      timezone: row.timezone,
      rooms: allRooms
        .filter((room) => room.locationId === row.id)
        .map((room) => ({ id: room.id, name: { en: room.name, el: room.nameEl ?? room.name } })),
    })),
  );
};

/**
 * The active doctors in board order. At a location: those whose home it is and those whose weekly template
 * has them there.
 */
export const doctors = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'doctors'>,
): CallResult<'doctors'> => {
  const { orm } = desk.replica;
  const name = doctorNames(desk);
  const next = new Map(
    desk.replica
      .statement(`select d.id, ${NEXT_AVAILABLE} from doctors d where d.is_active and d.deleted_at is null`)
      .raw()
      .all({ now: Date.parse(desk.now()) }) as [string, number | null][],
  );
  const visiting = new Set(input.locationId === undefined ? [] : templateDoctors(desk, input.locationId));
  const rows = orm
    .select()
    .from(doctorsTable)
    .leftJoin(specialtiesTable, eq(specialtiesTable.id, doctorsTable.specialtyId))
    .where(and(isNull(doctorsTable.deletedAt), eq(doctorsTable.isActive, true)))
    .orderBy(asc(doctorsTable.sortOrder), asc(doctorsTable.lastName), asc(doctorsTable.id))
    .all()
    .filter(
      ({ doctors: row }) =>
        (input.specialtyId === undefined || row.specialtyId === input.specialtyId) &&
        (input.locationId === undefined || row.locationId === input.locationId || visiting.has(row.id)),
    );
  return ok(
    rows.map(({ doctors: row, specialties: specialty }) => ({
      id: row.id,
      name: name(row.id),
      specialty: specialty && specialtyOf(specialty),
      locationId: row.locationId,
      fee:
        row.consultationFee === null
          ? null
          : { minor: row.consultationFee, currency: row.consultationFeeCurrency },
      rating: row.rating,
      reviewCount: row.reviewCount,
      nextAvailable: isoOrNull(next.get(row.id) ?? null),
      verified: row.verifiedAt !== null,
    })),
  );
};

const templateDoctors = ({ replica }: Desk, locationId: string): string[] =>
  replica.orm
    .selectDistinct({ doctorId: scheduleTemplates.doctorId })
    .from(scheduleTemplates)
    .where(and(eq(scheduleTemplates.locationId, locationId), isNull(scheduleTemplates.deletedAt)))
    .all()
    .map(({ doctorId }) => doctorId);

const specialtyOf = (row: typeof specialtiesTable.$inferSelect): CallOutput<'specialties'>[number] => ({
  id: row.id,
  name: { en: row.nameEn, el: row.nameEl },
  slug: row.slug,
});

/** The specialties of the clinic by English name. */
export const specialties = (desk: Desk): CallResult<'specialties'> =>
  ok(
    desk.replica.orm
      .select()
      .from(specialtiesTable)
      .orderBy(asc(specialtiesTable.nameEn))
      .all()
      .map(specialtyOf),
  );

/** What can be booked, in the clinic's order; for a doctor: of that specialty or of none. */
export const visitTypes = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'visitTypes'>,
): CallResult<'visitTypes'> => {
  const { orm } = desk.replica;
  const doctor =
    input.doctorId === undefined
      ? undefined
      : orm.select().from(doctorsTable).where(eq(doctorsTable.id, input.doctorId)).get();
  if (input.doctorId !== undefined && !doctor)
    return refuse('not_found', { what: 'doctor', id: input.doctorId });
  const rows = orm
    .select()
    .from(visitTypesTable)
    .where(isNull(visitTypesTable.deletedAt))
    .orderBy(asc(visitTypesTable.sortOrder), asc(visitTypesTable.nameEn))
    .all()
    .filter((row) => !doctor || row.specialtyId === null || row.specialtyId === doctor.specialtyId);
  return ok(
    rows.map((row) => ({
      id: row.id,
      name: { en: row.nameEn, el: row.nameEl },
      specialtyId: row.specialtyId,
      durationMinutes: row.durationMinutes,
      bufferBeforeMinutes: row.bufferBeforeMinutes,
      bufferAfterMinutes: row.bufferAfterMinutes,
      fee: { minor: row.feeMinor, currency: row.feeCurrency },
    })),
  );
};
