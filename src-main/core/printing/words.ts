import type { Status } from '../../contract/status.ts';

export type PaperLanguage = 'en' | 'el';

interface Words {
  title: string;
  time: string;
  patient: string;
  phone: string;
  reason: string;
  status: string;
  nobody: string;
  noDoctor: string;
  held: string;
  confirmed: string;
  born: string;
  printed: string;
  page: string;
  statuses: Record<Status, string>;
}

/** The words of the day sheet that the core writes by itself; the screens have those of everything else. */
export const words: Record<PaperLanguage, Words> = {
  en: {
    title: 'Day sheet',
    time: 'Time',
    patient: 'Patient',
    phone: 'Phone',
    reason: 'Visit',
    status: 'Status',
    nobody: 'No appointments.',
    noDoctor: 'Nobody works here on this day.',
    held: 'Held',
    confirmed: 'Confirmed',
    born: 'born',
    printed: 'Written',
    page: 'Page',
    statuses: {
      held: 'Held',
      pending: 'Requested',
      scheduled: 'Booked',
      arrived: 'Arrived',
      ready: 'Ready',
      in_room: 'In room',
      completed: 'Completed',
      cancelled: 'Cancelled',
      no_show: 'No-show',
      left: 'Left unseen',
    },
  },
  el: {
    title: 'Φύλλο ημέρας',
    time: 'Ώρα',
    patient: 'Ασθενής',
    phone: 'Τηλέφωνο',
    reason: 'Επίσκεψη',
    status: 'Κατάσταση',
    nobody: 'Κανένα ραντεβού.',
    noDoctor: 'Κανείς δεν εργάζεται εδώ αυτήν την ημέρα.',
    held: 'Κρατημένο',
    confirmed: 'Επιβεβαιωμένο',
    born: 'γεν.',
    printed: 'Γράφτηκε',
    page: 'Σελίδα',
    statuses: {
      held: 'Κρατημένο',
      pending: 'Αιτήθηκε',
      scheduled: 'Κλεισμένο',
      arrived: 'Προσήλθε',
      ready: 'Έτοιμος',
      in_room: 'Στο ιατρείο',
      completed: 'Ολοκληρώθηκε',
      cancelled: 'Ακυρώθηκε',
      no_show: 'Δεν προσήλθε',
      left: 'Έφυγε',
    },
  },
};
