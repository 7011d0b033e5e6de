import type { Conflict } from '../../contract/sync.ts';
import type { RefusalEntry } from '../replica/refusals.ts';

/** Whether the slot was blocked or closed by the time central saw the change (`check_slot`). */
export const wasClosed = ({ refusal }: RefusalEntry): boolean =>
  refusal.constraint === 'appointments_slot_open';

/** Rules of central whose refusals have words of their own (0008). */
const codes: [RegExp, Conflict['code']][] = [
  [/^(patient_merges_|patients_merged_by_merge$|patients_kept$)/, 'merged'],
  [/^patients_erase_/, 'not_erasable'],
  [/^patients_erased$/, 'erased'],
];

/** Why central refused, as far as there are words for it. */
export const codeOf = (entry: RefusalEntry): Conflict['code'] => {
  const { refusal } = entry;
  if (wasClosed(entry)) return 'closed';
  if (refusal.table === 'patients' && refusal.theirs?.['erased_at'] != null) return 'erased';
  const [, code] = codes.find(([rule]) => rule.test(refusal.constraint ?? '')) ?? [];
  return code ?? refusal.code;
};
