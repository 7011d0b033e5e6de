import type { Desk } from '../desk.ts';
import { recordsOf } from '../replica/same-person.ts';
import { searchEmail } from '../replica/search-alike.ts';

type Defined<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };

/** What was typed into a record's fields: an emptied field is null, one that was not named is left out. */
export const typed = <T extends Record<string, unknown>>(fields: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value === '' ? null : value]),
  ) as Defined<T>;

/** A record that has an e-mail address, and the person's record that stands. */
interface Holder {
  id: string;
  personId: string;
}

/** The records that have the e-mail address, in whatever case: one at most, since the clinic keeps it unique. */
export const emailHolders = ({ replica }: Desk, email: string): Holder[] =>
  searchEmail(replica, email).flatMap((personId) =>
    recordsOf(replica, personId)
      .filter(
        (id) =>
          replica
            .statement('select 1 from patients where id = ? and lower(email) = lower(?)')
            .get(id, email) !== undefined,
      )
      .map((id) => ({ id, personId })),
  );

/** Whether a patient other than the one whose standing record is `except` has the e-mail address. */
export const emailIsInUse = (desk: Desk, email: string, except: string | null = null): boolean =>
  emailHolders(desk, email).some(({ personId }) => personId !== except);

const stands = 'id = ? and deleted_at is null and merged_into_id is null';

/** Whether a record is there and stands by itself. */
export const isPatient = ({ replica }: Desk, id: string): boolean =>
  replica.statement(`select 1 from patients where ${stands}`).get(id) !== undefined;

/** Whether somebody can own an animal: a person whose record is there, and who is nobody's animal. */
export const isOwner = ({ replica }: Desk, id: string): boolean =>
  replica
    .statement(`select 1 from patients where ${stands} and species is null and owner_id is null`)
    .get(id) !== undefined;
