import type { checkIn as english } from '../en/checkIn.ts';
import type { SameKeys } from '../same-keys.ts';

export const checkIn: SameKeys<typeof english> = {
  title: 'Άφιξη: {{name}}',
  ask: 'Ρωτήστε: ισχύουν ακόμη το τηλέφωνο και η διεύθυνση;',
  why: 'Λείπουν, ή επιβεβαιώθηκαν τελευταία φορά πριν από περισσότερο από έναν χρόνο.',
  save: 'Επιβεβαίωση και άφιξη',
  early_one: '{{count}} λεπτό πριν από την ώρα.',
  early_other: '{{count}} λεπτά πριν από την ώρα.',
  late_one: '{{count}} λεπτό μετά την ώρα.',
  late_other: '{{count}} λεπτά μετά την ώρα.',
};
