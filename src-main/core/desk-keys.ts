import type { OwnSecrets } from '../contract/desks.ts';
import type { Result } from '../contract/errors.ts';

/** This desk's own secrets, as far as somebody at the desk has to do with them. */
export interface DeskKeys {
  state(): OwnSecrets;
  /** Begins a change, or answers how the one under way goes. */
  changeKey(): Promise<Result<OwnSecrets>>;
  changePassword(): Promise<Result<OwnSecrets>>;
}
