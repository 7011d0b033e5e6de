import type { Conflict } from '../../contract/sync.ts';
import type { RefusalEntry } from '../replica/refusals.ts';

/** Whether the slot was blocked or closed by the time central saw the change (`check_slot`). */
export const wasClosed = ({ refusal }: RefusalEntry): boolean =>
  refusal.constraint === 'appointments_slot_open';

/** Rules of central whose refusals have words of their own (0007, 0008). */
const codes: [RegExp, Conflict['code']][] = [
  [/^payments_day_closed$/, 'day_closed'],
  [/^payments_(more_than_left|void_whole|names_payment)$/, 'given_back'],
  [/^payments_transaction_ref_index$/, 'ref_in_use'],
  [/^cash_ups_one_per_day$/, 'cashed_up'],
  [/^cash_ups_expected$/, 'takings_changed'],
  [/^prescriptions_(final|replaced_once|replaces)$/, 'prescription_final'],
  [/^(patient_merges_|patients_merged_by_merge$|patients_kept$)/, 'merged'],
  [/^patients_erase_/, 'not_erasable'],
  [/^patients_erased$/, 'erased'],
  // Nobody deletes patients: central came back from a backup, and the desk that registered this one is not back yet.
  [/^(fk_appt_patient|fk_rx_patient|.*_patient_id_patients_clinic_id_id_fk)$/, 'patient_missing'],
  [/^schedule_templates_no_overlap$/, 'hours_overlap'],
  [/^(proof|session|actor)$/, 'unproven'],
];

/** Why central refused, as far as there are words for it. */
export const codeOf = (entry: RefusalEntry): Conflict['code'] => {
  const { refusal } = entry;
  if (wasClosed(entry)) return 'closed';
  // Where an appointment stands there by now, that is what is in the way.
  if (refusal.constraint === 'slot_leases' && !refusal.theirs) return 'kept';
  if (refusal.table === 'patients' && refusal.theirs?.['erased_at'] != null) return 'erased';
  const [, code] = codes.find(([rule]) => rule.test(refusal.constraint ?? '')) ?? [];
  return code ?? refusal.code;
};
