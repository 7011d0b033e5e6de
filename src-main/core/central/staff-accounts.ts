import { codeHash, newCode, shownCode } from '../staff-code.ts';
import { type AdminResult, asOwner } from './admin.ts';

/** An account of the staff, as the owner lists it. */
export interface ListedAccount {
  name: string;
  email: string;
  role: string;
  state: 'invited' | 'active' | 'locked' | 'deactivated';
  lastLoginAt: Date | null;
}

/** The staff of a clinic, by name. */
export const listStaff = (ownerUrl: string, clinicId: string): Promise<AdminResult<ListedAccount[]>> =>
  asOwner(ownerUrl, async (connection) => {
    const clinics = await connection.query('select from clinics where clinic_id = $1', [clinicId]);
    if (clinics.length === 0) return noClinic(clinicId);
    return {
      ok: true,
      value: await connection.query<ListedAccount & Record<string, unknown>>(
        `select u.display_name as name, u.email, u.role, u.last_login_at as "lastLoginAt",
           case when u.deleted_at is not null then 'deactivated' when coalesce(k.sealed, '') = '' then 'invited'
             when k.locked_until > now() then 'locked' else 'active' end as state
         from users u left join staff_keys k on k.clinic_id = u.clinic_id and k.id = u.id
         where u.clinic_id = $1 and u.role in ('receptionist', 'doctor', 'admin')
           and not exists (select from desks d where d.clinic_id = u.clinic_id and d.user_id = u.id)
         order by u.display_name, u.id`,
        [clinicId],
      ),
    };
  });

/** A code for an administrator who lost the password, where nobody else could issue one. Answers it and its end. */
export const resetAdministrator = (
  ownerUrl: string,
  { clinicId, email }: { clinicId: string; email: string },
): Promise<AdminResult<{ code: string; name: string; expiresAt: string }>> =>
  asOwner(ownerUrl, (connection) =>
    connection.transaction(async () => {
      const [account] = await connection.query<{ id: string }>(
        `select id from users where clinic_id = $1 and lower(email) = lower($2) and role = 'admin'
           and deleted_at is null`,
        [clinicId, email],
      );
      if (!account) {
        const message = `The clinic ${clinicId} has no administrator with the address ${email}.`;
        return { ok: false, error: { code: 'no_such_account', message } };
      }
      const code = newCode();
      const [made] = await connection.query<{ made: { name: string; expires_at: string } }>(
        `select make_code($1, $2, decode($3, 'hex')) as made`,
        [clinicId, account.id, codeHash(code)],
      );
      await connection.query(
        `insert into audit_log (clinic_id, action, table_name, row_id, done_at)
         values ($1, 'resetAdministrator', 'users', $2, now())`,
        [clinicId, account.id],
      );
      const { name = '', expires_at: expiresAt = '' } = made?.made ?? {};
      return { ok: true, value: { code: shownCode(code), name, expiresAt } };
    }),
  );

const noClinic = (clinicId: string): AdminResult<never> => ({
  ok: false,
  error: { code: 'no_such_clinic', message: `There is no clinic ${clinicId}.` },
});
