import { v7 as newId } from 'uuid';
import type { StaffRole } from '../../src-main/contract/session.ts';
import { staffKeys, users } from '../../src-main/core/schema/replica/index.ts';
import { sealPin } from '../../src-main/core/security/pin.ts';
import {
  type Cost,
  makeBox,
  newContents,
  passwordHash,
  sealed,
} from '../../src-main/core/security/sealed.ts';
import { withClient } from './central.ts';
import type { ClinicDesk } from './clinic.ts';

/** Next to nothing, so that tests are quick; a box carries its cost, and nothing takes another one from it. */
export const CHEAP: Cost = { memory: 64, passes: 1, lanes: 1 };

/** Somebody of the staff, with what they alone know. */
export interface Staff {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  password: string;
  pin: string | null;
  /** 32 bytes, in hexadecimal. */
  signingKey: string;
  sealed: string;
  hashedPassword: string;
  secondFactorAt: string | null;
}

export interface NewStaff {
  role: StaffRole;
  id?: string;
  name?: string;
  password?: string;
  pin?: string | null;
  /** Base32 secret of an authenticator app that is set up already. */
  totp?: string | null;
  /** SHA-256 of each recovery code, in hexadecimal. */
  recovery?: string[];
}

/** Makes somebody who can sign in once they are put somewhere; PIN 4821 and a password of their own unless told. */
export const makeStaff = async (given: NewStaff): Promise<Staff> => {
  const { role, id = newId(), name = `The ${role}`, pin = '4821', totp = null, recovery = [] } = given;
  const password = given.password ?? `${role} by the harbour`;
  const contents = {
    ...newContents(),
    pin: pin === null ? null : await sealPin(pin, { cost: CHEAP }),
    totp: totp === null ? null : { secret: totp },
    recovery,
  };
  return {
    id,
    name,
    email: `${role}.${id.slice(-12)}@clinic.example`,
    role,
    password,
    pin,
    signingKey: contents.signingKey,
    sealed: sealed(await makeBox(id, password, contents, CHEAP)),
    hashedPassword: await passwordHash(password, CHEAP),
    secondFactorAt: totp === null ? null : '2026-01-01T00:00:00.000Z',
  };
};

/** The id of a lone desk that somebody of the staff was put into. */
export const DESK_ID = '0192f000-0060-7000-8000-000000000001';

/** Puts somebody into a lone desk's replica, as central would have sent them. */
export const putStaff = async (
  desk: Pick<ClinicDesk, 'put' | 'replica'>,
  given: NewStaff,
): Promise<Staff> => {
  const staff = await makeStaff(given);
  const { id, name, email, role, sealed: box, secondFactorAt } = staff;
  const confirmedAt = '2026-01-01T00:00:00.000Z';
  desk.put(users, { id, email, displayName: name, role, confirmedAt });
  desk.put(staffKeys, { id, sealed: box, misses: 0, secondFactorAt });
  desk.replica
    .statement(
      `update desk_state set desk_id = coalesce(desk_id, ?), desk_name = coalesce(desk_name, 'Desk 1')`,
    )
    .run(DESK_ID);
  return staff;
};

/** Puts somebody into a central by its owner's hand, with their keys. */
export const addStaff = async (ownerUrl: string, clinicId: string, given: NewStaff): Promise<Staff> => {
  const staff = await makeStaff(given);
  const { id, name, email, role, sealed: box, hashedPassword, signingKey, secondFactorAt } = staff;
  await withClient(ownerUrl, async (owner) => {
    await owner.query('begin');
    await owner.query(
      `insert into users (clinic_id, id, email, display_name, hashed_password, role, confirmed_at)
       values ($1, $2, $3, $4, $5, $6, '2026-01-01T00:00:00Z')`,
      [clinicId, id, email, name, hashedPassword, role],
    );
    await owner.query(
      'insert into staff_keys (clinic_id, id, sealed, second_factor_at) values ($1, $2, $3, $4)',
      [clinicId, id, box, secondFactorAt],
    );
    await owner.query(
      `insert into signing_keys (clinic_id, id, user_id, key, created_at)
       values ($1, $2, $3, decode($4, 'hex'), '2026-01-01T00:00:00Z')`,
      [clinicId, newId(), id, signingKey],
    );
    await owner.query('commit');
  });
  return staff;
};
