import type { cases as english } from '../en/cases.ts';
import type { SameKeys } from '../same-keys.ts';

export const cases: SameKeys<typeof english> = {
  title: 'Επισκέψεις στο ιατρείο',
  none: 'Καμία ακόμη. Κάθε επίσκεψη του IDEXX Neo εμφανίζεται εδώ με τις σημειώσεις της λίγο αφού γραφτεί εκεί.',
  noReason: 'Χωρίς αιτία',
  status: {
    draft: 'προγραμματισμένη',
    ongoing: 'σε εξέλιξη',
    completed: 'ολοκληρώθηκε',
    reviewed: 'έκλεισε',
  },
  gone: 'δεν υπάρχει πια στο IDEXX Neo',
  notes: 'Κλινικές σημειώσεις',
  summary: 'Οδηγίες εξιτηρίου',
  notWritten: 'Δεν γράφτηκε τίποτα.',
  call: 'Κλήση μετά το εξιτήριο',
  noCall: 'Δεν προβλέπεται.',
  callStatus: {
    queued: 'Για {{when}}.',
    ringing: 'Κάποιος καλεί αυτή τη στιγμή.',
    in_progress: 'Κάποιος μιλά μαζί τους αυτή τη στιγμή.',
    completed: 'Έγινε.',
    failed: 'Δεν απάντησε κανείς δύο φορές· μένει στη λίστα κλήσεων.',
    cancelled: 'Βγήκε από τη λίστα.',
  },
};
