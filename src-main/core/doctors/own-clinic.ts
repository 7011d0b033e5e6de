import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';

/** Makes a clinic of one's own and opens the desk on it, where the shell can: see `shell/own-clinic.ts`. */
export const startOwnClinic = async (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'startOwnClinic'>,
): Promise<CallResult<'startOwnClinic'>> =>
  desk.startOwnClinic ? desk.startOwnClinic(input) : refuse('own_central');
