import { v7 as newId } from 'uuid';
import { type AdminResult, asOwner } from '../admin.ts';
import type { CentralConnection } from '../connect.ts';
import { type ClinicNow, type MovePlan, type MoveStep, type MovingUser, planMove } from './plan.ts';

/**
 * Moves people of another system into a clinic: an account each (without a password: an administrator's code gives the
 * first one), a doctor's record where they are a doctor, and working hours. Once more with the same people does nothing.
 * With `dryRun` nothing is written, and the plan is what would be done.
 */
export const moveUsers = (
  ownerUrl: string,
  { clinicId, users, dryRun }: { clinicId: string; users: readonly MovingUser[]; dryRun: boolean },
): Promise<AdminResult<MovePlan>> =>
  asOwner(ownerUrl, (connection) =>
    connection.transaction(async () => {
      // Whoever else writes in this clinic waits, so that what was planned is what is done.
      if (!dryRun) await connection.query('select from heads where clinic_id = $1 for update', [clinicId]);
      const plan = planMove(users, await readClinic(connection, clinicId));
      if (!dryRun) for (const step of plan.steps) await carryOut(connection, clinicId, step);
      return { ok: true, value: plan };
    }),
  );

const readClinic = async (connection: CentralConnection, clinicId: string): Promise<ClinicNow> => {
  return {
    accounts: await connection.query<ClinicNow['accounts'][number]>(
      `select id, lower(email) as email, role, deleted_at is not null as gone from users where clinic_id = $1`,
      [clinicId],
    ),
    doctors: await connection.query<ClinicNow['doctors'][number]>(
      `select d.id, lower(d.email) as email, d.user_id as "userId", d.deleted_at is not null as gone,
         exists (select from schedule_templates t where t.clinic_id = d.clinic_id and t.doctor_id = d.id
           and t.deleted_at is null and coalesce(t.valid_until, 'infinity') >= current_date) as "hasHours"
       from doctors d where d.clinic_id = $1`,
      [clinicId],
    ),
    locations: await connection.query<ClinicNow['locations'][number]>(
      `select id, name, city from clinic_locations where clinic_id = $1 and deleted_at is null order by name, id`,
      [clinicId],
    ),
  };
};

/** Whoever a step is about has the account that an earlier step made, or one from before. */
const carryOut = async (connection: CentralConnection, clinicId: string, step: MoveStep): Promise<void> => {
  switch (step.what) {
    case 'add_account':
      // No password fits `!`.
      await connection.query(
        `insert into users (clinic_id, id, email, display_name, hashed_password, role) values ($1, $2, $3, $4, '!', $5)`,
        [clinicId, newId(), step.email, step.name, step.role],
      );
      break;
    case 'add_doctor':
      await connection.query(
        `insert into doctors (clinic_id, id, user_id, location_id, email, first_name, last_name, specialization)
         select clinic_id, $3, id, (select l.id from clinic_locations l where l.clinic_id = $1 and l.deleted_at is null
           order by l.name, l.id limit 1), $2::text, $4, $5, $6
         from users where clinic_id = $1 and lower(email) = $2::text`,
        [clinicId, step.email, newId(), step.firstName, step.lastName, step.specialization],
      );
      break;
    case 'link_doctor':
      await connection.query(
        `update doctors d set user_id = u.id from users u
         where d.clinic_id = $1 and lower(d.email) = $2 and u.clinic_id = $1 and lower(u.email) = $2`,
        [clinicId, step.email],
      );
      break;
    case 'add_hours':
      for (const { weekday, starts, ends } of step.week)
        await connection.query(
          `insert into schedule_templates (clinic_id, id, doctor_id, location_id, weekday, starts_local, ends_local,
             valid_from)
           select d.clinic_id, $3, d.id, $4, $5, $6, $7, current_date from doctors d
             left join users u on u.clinic_id = d.clinic_id and u.id = d.user_id
           where d.clinic_id = $1 and (lower(d.email) = $2 or lower(u.email) = $2)`,
          [clinicId, step.email, newId(), step.locationId, weekday, starts, ends],
        );
  }
  await connection.query(
    `insert into audit_log (clinic_id, action, table_name, row_id, after, done_at)
     select $1, 'moveUsers', 'users', id, $3, now() from users where clinic_id = $1 and lower(email) = $2`,
    [clinicId, step.email, JSON.stringify(step)],
  );
};
