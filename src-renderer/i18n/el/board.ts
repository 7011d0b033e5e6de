import type { board as english } from '../en/board.ts';
import type { SameKeys } from '../same-keys.ts';

export const board: SameKeys<typeof english> = {
  label: 'Πίνακας ημέρας',
  done: {
    checkIn: 'Άφιξη: {{name}}.',
    moveOn: '{{name}}: {{status}}.',
    cancel: 'Ακυρώθηκε: {{name}}, {{time}}.',
    noShow: 'Δεν προσήλθε: {{name}}.',
    restore: 'Ξανά στον πίνακα: {{name}}.',
    reschedule: 'Μετακινήθηκε: {{name}}, {{from}} → {{to}}.',
  },
};
