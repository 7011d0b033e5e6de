import { isDeepStrictEqual } from 'node:util';
import { and, eq, gt, type InferSelectModel, isNotNull, or } from 'drizzle-orm';
import type { Desk } from '../../desk.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { appointments, outsideBookings } from '../../schema/replica/index.ts';
import { Agreed } from '../booking-words.ts';
import type { Ours, Side, SideStatus } from './merge.ts';
import { Booking } from './shapes.ts';

/** A booking of Cal.com as the replica has it; instants are ISO 8601 UTC. */
export type Row = InferSelectModel<typeof outsideBookings>;
export type RowSet = Partial<Omit<Row, 'id' | 'rev' | 'createdAt' | 'updatedAt'>>;
export type Appointment = InferSelectModel<typeof appointments>;

/** A row that has no booking at Cal.com yet goes by this and its appointment's id. */
const UNSENT = 'unsent:';
export const unsentName = (appointmentId: string): string => `${UNSENT}${appointmentId}`;
export const isUnsent = ({ externalId }: Pick<Row, 'externalId'>): boolean => externalId.startsWith(UNSENT);

const ours = eq(outsideBookings.source, 'cal_com');

const one = ({ replica }: Desk, condition: ReturnType<typeof eq>): Row | undefined =>
  replica.orm.select().from(outsideBookings).where(and(ours, condition)).get();

export const rowOf = (desk: Desk, id: string): Row | undefined => one(desk, eq(outsideBookings.id, id));
export const rowOfUid = (desk: Desk, uid: string): Row | undefined =>
  one(desk, eq(outsideBookings.externalId, uid));
export const rowOfAppointment = (desk: Desk, appointmentId: string): Row | undefined =>
  one(desk, eq(outsideBookings.appointmentId, appointmentId));

/** The rows that may have something to do: those that end after an instant, and those that somebody decided or has to. */
export const openRows = ({ replica }: Desk, after: string): string[] =>
  replica.orm
    .select({ id: outsideBookings.id })
    .from(outsideBookings)
    .where(
      and(
        ours,
        or(
          gt(outsideBookings.endsAt, after),
          isNotNull(outsideBookings.problem),
          isNotNull(outsideBookings.decision),
        ),
      ),
    )
    .orderBy(outsideBookings.startsAt, outsideBookings.id)
    .all()
    .map(({ id }) => id);

export const readAppointment = ({ replica }: Desk, id: string): Appointment | undefined =>
  replica.orm.select().from(appointments).where(eq(appointments.id, id)).get();

/** What else stands at Cal.com where an appointment would: its uid, and whether it waits for somebody to decide. */
export const inTheWayThere = (
  { replica }: Desk,
  { id, doctorId, scheduledAt, endsAt }: Appointment,
): { uid: string; waits: boolean }[] =>
  (
    replica
      .statement(
        `select external_id uid, appointment_id is null waits from outside_bookings
         where source = 'cal_com' and doctor_id = ? and starts_at < ? and ends_at > ? and status in ('pending', 'scheduled')
           and appointment_id is not ? and external_id not like '${UNSENT}%'
         order by external_id`,
      )
      .all(doctorId, Date.parse(endsAt), Date.parse(scheduledAt), id) as { uid: string; waits: 0 | 1 }[]
  ).map(({ uid, waits }) => ({ uid, waits: waits === 1 }));

/** The booking as it was last told; undefined of a row that has none there yet. */
export const seenOf = (row: Row): Booking | undefined => Booking.safeParse(row.seen).data;

/** Sets what differs; JSON counts as the same in whatever order central keeps its names. */
export const setRow = (writer: ChangeWriter, row: Row, set: RowSet): void => {
  const differing = Object.entries(set).filter(
    ([name, value]) => !isDeepStrictEqual(row[name as keyof Row], value),
  );
  if (differing.length > 0) writer.update(outsideBookings, row.id, Object.fromEntries(differing));
};

/** Nothing is left to decide. */
export const settled = {
  problem: null,
  problemAt: null,
  problemDetails: null,
  decision: null,
  decidedAt: null,
  decidedBy: null,
} as const satisfies RowSet;

/** What a person has to decide, from now on; the same as before stays as it was decided. */
export const problemOf = (
  desk: Desk,
  row: Row | undefined,
  problem: NonNullable<Row['problem']>,
  problemDetails: Record<string, unknown>,
): RowSet =>
  row?.problem === problem && isDeepStrictEqual(row.problemDetails, problemDetails)
    ? {}
    : { ...settled, problem, problemAt: desk.now(), problemDetails };

/** A status of the desk in the words of the merge. */
const outcomeOf = (status: Appointment['status']): SideStatus =>
  status === 'pending' || status === 'cancelled' || status === 'no_show' ? status : 'scheduled';

const begun: readonly Appointment['status'][] = ['arrived', 'ready', 'in_room', 'completed', 'left'];

export const oursOf = ({ scheduledAt, endsAt, doctorId, status }: Appointment): Ours => ({
  start: scheduledAt,
  end: endsAt,
  doctorId,
  status: outcomeOf(status),
  begun: begun.includes(status),
});

/** What they say, and what both sides last had alike; without a doctor that is linked, the one that it stands with. */
export const theirsOf = (row: Row, appointment: Appointment): { theirs: Side; agreed: Side } => {
  const { startsAt: start, endsAt: end, doctorId, status } = row;
  const told = Agreed.safeParse(row.agreed).data ?? {};
  // What a desk booked stays with its doctor here, whoever has the event type by now.
  const follows = appointment.origin === 'cal_com' ? doctorId : (told.doctorId ?? null);
  const theirs = {
    start,
    end,
    doctorId: follows ?? told.doctorId ?? appointment.doctorId,
    status: status === 'pending' || status === 'cancelled' || status === 'no_show' ? status : 'scheduled',
  } as const;
  return {
    theirs,
    agreed: {
      start: told.start ?? theirs.start,
      end: told.end ?? theirs.end,
      doctorId: told.doctorId ?? theirs.doctorId,
      status: (told.status as SideStatus | undefined) ?? theirs.status,
    },
  };
};
