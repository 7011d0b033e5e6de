import type { Desk } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { staffKeys } from '../schema/replica/index.ts';
import type { Keyring } from './keyring.ts';
import type { Contents } from './sealed.ts';

/** What somebody does with their own keys; none of it is taken back by Ctrl+Z. */
type Kind = 'setPin' | 'secondFactor' | 'recoveryCodes' | 'useRecoveryCode';

/**
 * Closes somebody's box over other contents and stores it, for every desk, as a change of their own. Their box is open and
 * they are signed in. `since` is when their second factor was set up, where that changes.
 */
export const storeContents = (
  desk: Desk,
  keyring: Keyring,
  {
    userId,
    kind,
    contents,
    since,
  }: { userId: string; kind: Kind; contents: Contents; since?: string | null },
): void => {
  const sealed = keyring.closed(userId, contents);
  if (sealed === null) throw new Error('the box is not open');
  writeChange(desk, { kind, actor: userId }, (change) => {
    change.update(staffKeys, userId, {
      sealed,
      ...(since === undefined ? {} : { secondFactorAt: since }),
    });
  });
};
