import type { waitingRoom as english } from '../en/waitingRoom.ts';
import type { SameKeys } from '../same-keys.ts';

export const waitingRoom: SameKeys<typeof english> = {
  title: 'Αίθουσα αναμονής',
  here: 'Εδώ τώρα',
  expected: 'Αναμένονται',
  done: 'Ολοκληρώθηκαν σήμερα',
  waiting_one: 'αναμονή {{count}} λεπτό',
  waiting_other: 'αναμονή {{count}} λεπτά',
  inRoom_one: 'στο ιατρείο {{count}} λεπτό',
  inRoom_other: 'στο ιατρείο {{count}} λεπτά',
  late_one: 'καθυστέρηση {{count}} λεπτό',
  late_other: 'καθυστέρηση {{count}} λεπτά',
  overLimit: 'πάνω από το όριο των {{limit}} λεπτών',
  nobodyHere: 'Δεν περιμένει κανείς. Όταν έρθει κάποιος, επιλέξτε τον πιο κάτω και πατήστε A.',
  nobodyExpected: 'Δεν αναμένεται άλλος σήμερα.',
  count_one: '{{count}} άτομο',
  count_other: '{{count}} άτομα',
  keys: '↑ ↓ επιλογή · A άφιξη · R έτοιμος · I στο ιατρείο · D ολοκληρώθηκε · B ένα βήμα πίσω',
  step: {
    arrived: 'Άφιξη',
    ready: 'Έτοιμος',
    in_room: 'Στο ιατρείο',
    completed: 'Ολοκλήρωση',
  },
};
