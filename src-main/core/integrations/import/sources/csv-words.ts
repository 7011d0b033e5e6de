import { type CsvField, type CsvKind, csvFields } from '../../../../contract/imports.ts';
import { fold } from '../../../fold.ts';

/** What columns are called, in English and Greek. */
const names: Readonly<Record<CsvField, readonly string[]>> = {
  id: ['id', 'no', 'number', 'code', 'record id', 'κωδικός', 'αριθμός', 'α/α', 'αα'],
  first_name: ['first name', 'firstname', 'given name', 'forename', 'όνομα', 'μικρό όνομα'],
  last_name: ['last name', 'lastname', 'surname', 'family name', 'επώνυμο', 'επίθετο'],
  full_name: ['name', 'full name', 'patient', 'doctor', 'ονοματεπώνυμο', 'ασθενής', 'πελάτης', 'ιατρός'],
  email: ['email', 'e-mail', 'mail', 'email address', 'ηλεκτρονικό ταχυδρομείο', 'ηλ. ταχυδρομείο', 'ημέιλ'],
  phone: [
    'phone',
    'telephone',
    'mobile',
    'tel',
    'phone number',
    'cell',
    'τηλέφωνο',
    'κινητό',
    'τηλ',
    'κινητό τηλέφωνο',
  ],
  date_of_birth: [
    'date of birth',
    'birth date',
    'birthdate',
    'dob',
    'born',
    'ημερομηνία γέννησης',
    'γέννηση',
    'ημ. γέννησης',
  ],
  gender: ['gender', 'sex', 'φύλο'],
  address: ['address', 'street', 'διεύθυνση', 'οδός'],
  city: ['city', 'town', 'πόλη', 'περιοχή'],
  emergency_contact: ['emergency contact', 'next of kin', 'επαφή έκτακτης ανάγκης', 'συγγενής'],
  notes: ['notes', 'note', 'comments', 'remarks', 'σημειώσεις', 'παρατηρήσεις', 'σχόλια'],
  species: ['species', 'animal', 'είδος', 'είδος ζώου'],
  breed: ['breed', 'φυλή', 'ράτσα'],
  owner_id: ['owner id', 'client id', 'κωδικός ιδιοκτήτη', 'κωδικός πελάτη'],
  specialization: ['specialization', 'specialisation', 'specialty', 'speciality', 'ειδικότητα'],
  bio: ['bio', 'about', 'cv', 'βιογραφικό'],
  patient_id: ['patient id', 'patient no', 'patient code', 'κωδικός ασθενή', 'κωδικός ασθενούς'],
  patient_name: [
    'patient',
    'patient name',
    'name',
    'client',
    'ασθενής',
    'ονοματεπώνυμο',
    'πελάτης',
    'όνομα ασθενή',
  ],
  patient_phone: ['phone', 'telephone', 'mobile', 'patient phone', 'τηλέφωνο', 'κινητό', 'τηλ'],
  patient_email: ['email', 'e-mail', 'patient email'],
  doctor_id: ['doctor id', 'doctor code', 'provider id', 'κωδικός ιατρού', 'κωδικός γιατρού'],
  doctor_name: ['doctor', 'doctor name', 'provider', 'practitioner', 'ιατρός', 'γιατρός', 'θεράπων'],
  start: [
    'start',
    'starts',
    'start time',
    'date time',
    'datetime',
    'appointment',
    'έναρξη',
    'ημερομηνία και ώρα',
    'ημερομηνία ώρα',
  ],
  date: ['date', 'day', 'appointment date', 'ημερομηνία', 'ημέρα'],
  time: ['time', 'appointment time', 'hour', 'ώρα', 'ώρα έναρξης'],
  end: ['end', 'ends', 'λήξη'],
  end_time: ['end time', 'until', 'ώρα λήξης', 'έως'],
  duration_minutes: [
    'duration',
    'minutes',
    'length',
    'duration minutes',
    'duration min',
    'διάρκεια',
    'λεπτά',
  ],
  status: ['status', 'state', 'κατάσταση'],
  reason: ['reason', 'visit reason', 'type', 'subject', 'title', 'λόγος', 'λόγος επίσκεψης', 'αιτία', 'θέμα'],
};

/** What a column of a file seems to mean, by its name; null where nothing is called that. */
export const guessField = (kind: CsvKind, header: string): CsvField | null => {
  const key = fold(header.replaceAll('_', ' '));
  return csvFields[kind].find((field) => names[field].some((name) => fold(name) === key)) ?? null;
};

const word = <V extends string>(table: Readonly<Record<V, readonly string[]>>) => {
  const byWord = new Map(
    Object.entries<readonly string[]>(table).flatMap(([value, words]) =>
      [value, ...words].map((one) => [fold(one.replaceAll('_', ' ')), value as V] as const),
    ),
  );
  return (text: string): V | null => byWord.get(fold(text.replaceAll('_', ' '))) ?? null;
};

/** The status that a word of a list means; `confirmed` is booked and confirmed. */
export const statusOf = word({
  pending: ['requested', 'tentative', 'εκκρεμεί', 'σε αναμονή', 'αίτημα'],
  scheduled: ['booked', 'open', 'planned', 'προγραμματισμένο', 'κλεισμένο', 'κλεισμένη', 'προγραμματισμένη'],
  confirmed: ['επιβεβαιωμένο', 'επιβεβαιωμένη', 'επιβεβαιώθηκε'],
  completed: [
    'done',
    'finished',
    'seen',
    'finalized',
    'attended',
    'ολοκληρωμένο',
    'ολοκληρώθηκε',
    'ολοκληρωμένη',
    'ήρθε',
  ],
  cancelled: ['canceled', 'ακυρωμένο', 'ακυρώθηκε', 'ακυρωμένη', 'ακύρωση'],
  no_show: ['noshow', 'did not attend', 'dna', 'missed', 'δεν ήρθε', 'δεν προσήλθε', 'απουσία'],
});

export const genderOf = word({
  male: ['m', 'man', 'boy', 'άνδρας', 'άντρας', 'αρσενικό', 'άρρεν', 'α'],
  female: ['f', 'woman', 'girl', 'γυναίκα', 'θηλυκό', 'θήλυ', 'θ', 'γ'],
  other: ['diverse', 'non binary', 'άλλο'],
  prefer_not_to_say: ['unknown', 'not said', 'δεν δηλώνεται', 'άγνωστο'],
});
