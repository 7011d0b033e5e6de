import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { clinics } from '../schema/replica/index.ts';
import { signInPolicy } from '../security/policy.ts';

/** When screens lock by themselves, and who needs a second factor. */
export const securityPolicy = ({ replica }: Desk): CallResult<'securityPolicy'> => {
  const { idleMinutes, secondFactorRoles } = signInPolicy(replica);
  return ok({ idleMinutes, secondFactorRoles: [...secondFactorRoles] });
};

/** Sets what was given, in `clinics.settings`; nothing is written where nothing differs. */
export const setSecurityPolicy = (
  desk: Desk,
  session: Session,
  { set }: ParsedInput<'setSecurityPolicy'>,
): CallResult<'setSecurityPolicy'> => {
  const row = desk.replica.orm.select().from(clinics).get();
  if (!row) throw new Error('the replica has no clinic');
  const given = {
    ...(set.idleMinutes === undefined ? {} : { idle_minutes: set.idleMinutes }),
    ...(set.secondFactorRoles === undefined ? {} : { second_factor_roles: set.secondFactorRoles }),
  };
  const settings = { ...row.settings, ...given };
  if (JSON.stringify(settings) !== JSON.stringify(row.settings))
    writeChange(desk, { kind: 'setSecurityPolicy', actor: session.userId }, (change) =>
      change.update(clinics, row.id, { settings }),
    );
  return securityPolicy(desk);
};
