import type { Desk } from '../desk.ts';
import { searchEmail } from '../replica/search-alike.ts';

type Defined<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };

/** What was typed into a record's fields: an emptied field is null, one that was not named is left out. */
export const typed = <T extends Record<string, unknown>>(fields: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value === '' ? null : value]),
  ) as Defined<T>;

/** Whether a patient other than `except` has the e-mail address, in whatever case. */
export const emailIsInUse = ({ replica }: Desk, email: string, except: string | null = null): boolean =>
  searchEmail(replica, email).some(
    (id) =>
      id !== except &&
      replica.statement('select 1 from patients where id = ? and lower(email) = lower(?)').get(id, email) !==
        undefined,
  );

/** Whether somebody can own an animal: a person whose record is there, and who is nobody's animal. */
export const isOwner = ({ replica }: Desk, id: string): boolean =>
  replica
    .statement(
      `select 1 from patients where id = ? and species is null and owner_id is null
         and deleted_at is null and merged_into_id is null`,
    )
    .get(id) !== undefined;
