import type { settings as english } from '../en/settings.ts';
import type { SameKeys } from '../same-keys.ts';

export const settings: SameKeys<typeof english> = {
  screen: 'Αυτή η οθόνη',
  location: 'Τοποθεσία στην έναρξη',
  firstLocation: 'Η πρώτη τοποθεσία του ιατρείου',
  deskName: 'Όνομα θέσης',
  version: 'Έκδοση του Anteroom',
  title: 'Ρυθμίσεις',
  language: 'Γλώσσα',
  theme: 'Εμφάνιση',
  light: 'Φωτεινή',
  dark: 'Σκούρα',
  system: 'Όπως το σύστημα',
  letterKeys: 'Πλήκτρα ενός γράμματος',
  letterKeysHint:
    'Το A καταγράφει άφιξη, το T δείχνει σήμερα, το ? τα δείχνει όλα. Όσα έχουν Ctrl ισχύουν πάντα.',
  desk: 'Αυτή η θέση',
  clinic: 'Ιατρείο',
};
