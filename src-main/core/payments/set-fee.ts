import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { answerWithAccount } from './account.ts';

/** Sets what is due for one appointment, whatever its visit type says; zero waives it. */
export const setFee = (
  desk: Desk,
  session: Session,
  { appointmentId, minor }: ParsedInput<'setFee'>,
): CallResult<'setFee'> => {
  const before = answerWithAccount(desk, appointmentId);
  if (!before.ok) return before;
  const [{ currency } = { currency: '' }] = before.value.balances;
  writeChange(desk, { kind: 'setFee', actor: session.userId }, (change) =>
    change.update(appointments, appointmentId, { feeMinor: minor, feeCurrency: currency }),
  );
  return answerWithAccount(desk, appointmentId);
};
