import pg from 'pg';
import { type AdminResult, asOwner } from './admin.ts';
import type { CentralConnection } from './connect.ts';
import { randomPassword, scramVerifier, withPassword } from './own-password.ts';

/** A desk as the owner of the database sees it. */
export interface ListedDesk {
  id: string;
  name: string;
  clinic: string;
  standing: 'working' | 'disabled' | 'wiping' | 'wiped';
  lastContactAt: Date | null;
  version: string | null;
  /** Changes that it had not sent, or that were lost with it. */
  waiting: number | null;
}

/** The desks of all clinics, by clinic and name. */
export const listDesks = (ownerUrl: string): Promise<AdminResult<ListedDesk[]>> =>
  asOwner(ownerUrl, async (connection) => ({
    ok: true,
    value: await connection.query(
      `select d.id, d.name, c.name as clinic, r.version, r.waiting,
         case when d.disabled_at is null then 'working' when d.wiped_at is not null then 'wiped'
              when d.wipe then 'wiping' else 'disabled' end as standing,
         greatest(r.at, (select max(s.last_contact_at) from streams s
           where s.clinic_id = d.clinic_id and s.desk_id = d.id)) as "lastContactAt"
       from desks d join clinics c on c.id = d.clinic_id
       left join desk_reports r on r.clinic_id = d.clinic_id and r.desk_id = d.id
       order by c.name, d.name, d.id`,
    ),
  }));

/**
 * Takes a desk's right to read and send, and signs out whoever is signed in there; with `wipe` it destroys what it holds
 * at its next contact. Its role stays, so that it can be told why.
 */
export const disableDesk = (
  ownerUrl: string,
  deskId: string,
  { wipe = false } = {},
): Promise<AdminResult<null>> =>
  withDesk(ownerUrl, deskId, async (connection) => {
    await connection.query('select stop_desk(d, $2) from desks d where id = $1', [deskId, wipe]);
    return null;
  });

/** Lets a desk work again. */
export const enableDesk = (ownerUrl: string, deskId: string): Promise<AdminResult<null>> =>
  withDesk(ownerUrl, deskId, async (connection) => {
    await connection.query('select restart_desk(d) from desks d where id = $1', [deskId]);
    return null;
  });

/** Gives a desk a new password and cuts it off where it has the old one. Answers its new URL. */
export const renewDesk = (ownerUrl: string, deskId: string): Promise<AdminResult<string>> =>
  withDesk(ownerUrl, deskId, async (connection, role) => {
    const password = randomPassword();
    const verifier = pg.escapeLiteral(await scramVerifier(password));
    await connection.query(`alter role ${pg.escapeIdentifier(role)} password ${verifier}`);
    await connection.query('update desks set password_changed_at = now() where id = $1', [deskId]);
    await connection.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
      role,
    ]);
    const url = new URL(ownerUrl);
    url.username = role;
    return withPassword(url.href, password);
  });

const withDesk = <T>(
  ownerUrl: string,
  deskId: string,
  work: (connection: CentralConnection, role: string) => Promise<T>,
): Promise<AdminResult<T>> =>
  asOwner(ownerUrl, (connection) =>
    connection.transaction(async () => {
      const [desk] = await connection.query<{ role: string }>(
        'select role from desks where id = $1 for update',
        [deskId],
      );
      if (desk) return { ok: true, value: await work(connection, desk.role) };
      return { ok: false, error: { code: 'no_such_desk', message: `There is no desk ${deskId}.` } };
    }),
  );
