import type { checkIn as english } from '../en/checkIn.ts';
import type { SameKeys } from '../same-keys.ts';

export const checkIn: SameKeys<typeof english> = {
  title: 'Άφιξη: {{name}}',
  ask: 'Ρωτήστε: ισχύουν ακόμη το τηλέφωνο και η διεύθυνση;',
  why: 'Λείπουν, ή επιβεβαιώθηκαν τελευταία φορά πριν από περισσότερο από έναν χρόνο.',
  save: 'Επιβεβαίωση και άφιξη',
};
