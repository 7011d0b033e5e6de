import type { settings as english } from '../en/settings.ts';
import type { SameKeys } from '../same-keys.ts';

export const settings: SameKeys<typeof english> = {
  screen: 'Αυτή η οθόνη',
  location: 'Τοποθεσία στην έναρξη',
  firstLocation: 'Η πρώτη τοποθεσία του ιατρείου',
  deskName: 'Όνομα θέσης',
  version: 'Έκδοση του Anteroom',
};
