import { asc } from 'drizzle-orm';
import type { CallResult } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { SetUp } from '../../contract/set-up.ts';
import type { Desk } from '../desk.ts';
import { clinicLocations, rooms, specialties, visitTypes } from '../schema/replica/index.ts';
import { readClinic } from './clinic-settings.ts';

/** Everything that the set-up screens show but the doctors. */
export const setUp = (desk: Desk): CallResult<'setUp'> => {
  const { orm } = desk.replica;
  const kinds = orm.select().from(specialties).orderBy(asc(specialties.nameEn)).all();
  return ok({
    clinic: readClinic(desk),
    locations: readLocations(desk),
    specialties: kinds.map(({ id, nameEn, nameEl }) => ({ id, nameEn, nameEl })),
    visitTypes: orm
      .select()
      .from(visitTypes)
      .orderBy(asc(visitTypes.sortOrder), asc(visitTypes.nameEn))
      .all()
      .map((row) => ({
        id: row.id,
        nameEn: row.nameEn,
        nameEl: row.nameEl,
        specialtyId: row.specialtyId,
        durationMinutes: row.durationMinutes,
        bufferBeforeMinutes: row.bufferBeforeMinutes,
        bufferAfterMinutes: row.bufferAfterMinutes,
        fee: { minor: row.feeMinor, currency: row.feeCurrency },
        inUse: row.deletedAt === null,
      })),
  });
};

const readLocations = ({ replica }: Desk): SetUp['locations'] => {
  const allRooms = replica.orm.select().from(rooms).orderBy(asc(rooms.sortOrder), asc(rooms.name)).all();
  const rows = replica.orm.select().from(clinicLocations).orderBy(asc(clinicLocations.name)).all();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    nameEl: row.nameEl,
    addressLine1: row.addressLine1,
    addressLine2: row.addressLine2,
    city: row.city,
    postalCode: row.postalCode,
    country: row.country,
    phone: row.phone,
    timezone: row.timezone,
    inUse: row.deletedAt === null,
    rooms: allRooms
      .filter(({ locationId }) => locationId === row.id)
      .map(({ id, name, nameEl, deletedAt }) => ({ id, name, nameEl, inUse: deletedAt === null })),
  }));
};

/** What is still missing before the first booking. Hours are there once every active doctor has some. */
export const setUpSteps = ({ replica }: Desk): CallResult<'setUpSteps'> => {
  const has = (sql: string): boolean => replica.statement(sql).get() !== undefined;
  const doctorId = replica
    .statement(
      `select id from doctors d where is_active and deleted_at is null and not exists (
         select 1 from schedule_templates t where t.doctor_id = d.id and t.deleted_at is null)
       order by sort_order, last_name, id limit 1`,
    )
    .pluck()
    .get() as string | undefined;
  const doctor = has('select 1 from doctors where is_active and deleted_at is null');
  const location = has('select 1 from clinic_locations where deleted_at is null');
  const planned = has('select 1 from schedule_templates where deleted_at is null');
  const types = has('select 1 from visit_types where deleted_at is null');
  return ok({ location, doctor, hours: planned, visitTypes: types, doctorId: doctorId ?? null });
};
