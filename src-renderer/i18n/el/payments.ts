import type { payments as english } from '../en/payments.ts';
import type { SameKeys } from '../same-keys.ts';

export const payments: SameKeys<typeof english> = {
  amount: {
    empty: 'Πληκτρολογήστε ποσό.',
    not_a_number: 'Πληκτρολογήστε ποσό, π.χ. {{example}}.',
    too_precise:
      'Τα δεκαδικά είναι περισσότερα απ’ όσα έχει το νόμισμα. Πληκτρολογήστε ποσό, π.χ. {{example}}.',
    ambiguous: 'Αυτό διαβάζεται με δύο τρόπους. Γράψτε το ως {{example}}.',
    too_large: 'Το ποσό είναι υπερβολικά μεγάλο.',
  },
};
