import type { Desk } from '../desk.ts';

/** What is due for a visit, in the words of the appointment's columns. */
export interface Fee {
  feeMinor: number | null;
  feeCurrency: string | null;
}

/**
 * The fee that a booking is stamped with, as it stands now: the visit type's, or without one the doctor's for a
 * consultation. Null where neither is known. Minor units.
 */
export const feeOf = ({ replica }: Desk, visitTypeId: string | null, doctorId: string): Fee =>
  (replica
    .statement(
      `select fee_minor feeMinor, fee_currency feeCurrency from visit_types where id = @visitTypeId
       union all
       select consultation_fee, consultation_fee_currency from doctors
       where @visitTypeId is null and id = @doctorId and consultation_fee is not null`,
    )
    .get({ visitTypeId, doctorId }) as Fee | undefined) ?? { feeMinor: null, feeCurrency: null };
