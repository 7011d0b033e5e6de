import type { alerts as englishAlerts, status as englishStatus } from '../en/status.ts';
import type { SameKeys } from '../same-keys.ts';

export const status: SameKeys<typeof englishStatus> = {
  held: 'Κρατημένο',
  pending: 'Αίτημα',
  scheduled: 'Κλεισμένο',
  confirmed: 'Επιβεβαιωμένο',
  arrived: 'Προσήλθε',
  ready: 'Έτοιμος',
  in_room: 'Στο ιατρείο',
  completed: 'Ολοκληρώθηκε',
  cancelled: 'Ακυρωμένο',
  no_show: 'Δεν προσήλθε',
  left: 'Έφυγε',
};

export const alerts: SameKeys<typeof englishAlerts> = {
  firstVisit: 'Πρώτη επίσκεψη',
  contactDue: 'Να επιβεβαιωθούν τηλέφωνο και διεύθυνση',
  unread: 'Αδιάβαστο μήνυμα',
  balanceDue: 'Εκκρεμεί πληρωμή',
  unsent: 'Αποθηκεύτηκε εδώ, δεν έχει σταλεί ακόμη',
  certain: 'Βέβαιο: η ώρα φυλάσσεται για αυτή τη θέση. Δεν έχει σταλεί ακόμη',
  provisional: 'Προσωρινό: ίσως άλλη θέση έχει αυτή την ώρα. Δεν έχει σταλεί ακόμη',
  conflict: 'Δεν έγινε δεκτό: δείτε τα εκκρεμή',
  overbooked: 'Διπλή κράτηση: {{reason}}',
};
