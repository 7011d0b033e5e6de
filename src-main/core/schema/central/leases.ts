import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { clinicRow, instant } from './columns.ts';
import { doctorTimeSlots } from './schedule.ts';
import { desks } from './sync.ts';

/**
 * Which desk a slot is kept for, so that what it books there without a network is certain. `id` is the slot's. No clock
 * ends a lease: its holder gives it back, or an administrator takes it. Written by central's functions only.
 */
export const slotLeases = pgTable(
  'slot_leases',
  {
    ...clinicRow(),
    doctorId: uuid('doctor_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** The doctor's usual room, kept along with the slot; null where there is none, or it was not free. */
    roomId: uuid('room_id'),
    /** The holder; null while it is nobody's. */
    deskId: uuid('desk_id'),
    /** The holder's incarnation: a copy of its replica holds nothing. */
    incarnation: uuid('incarnation'),
    /** How often the slot was leased or given back; of two accounts of one lease the higher is the newer. */
    taken: bigint('taken', { mode: 'number' }).notNull().default(0),
    grantedAt: instant('granted_at'),
    /** Since when another desk asks for it; the holder gives it back unless it has booked there. */
    wantedAt: instant('wanted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.id],
      foreignColumns: [doctorTimeSlots.clinicId, doctorTimeSlots.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.deskId], foreignColumns: [desks.clinicId, desks.id] }).onDelete(
      'restrict',
    ),
    check('slot_leases_holder', sql`(${t.deskId} is null) = (${t.incarnation} is null)`),
    index('slot_leases_held_index')
      .on(t.clinicId, t.doctorId, t.startsAt)
      .where(sql`${t.deskId} is not null`),
    index('slot_leases_room_index').on(t.clinicId, t.roomId, t.startsAt).where(sql`${t.deskId} is not null`),
    index('slot_leases_rev_index').on(t.clinicId, t.rev),
  ],
);
