import type { Appointment } from '../../contract/appointment.ts';
import { type Result, refuse } from '../../contract/errors.ts';

/**
 * Refuses to change the time, doctor or existence of an appointment that IDEXX Neo owns: it is read only, so what was
 * changed here would be as before after the next run. Undefined where the desk may. What it does with whoever comes,
 * from the check-in on, is its own.
 */
export const refuseOwned = ({ origin }: Pick<Appointment, 'origin'>): Result<never> | undefined =>
  origin === 'idexx' ? refuse('owned_outside', { source: origin }) : undefined;
