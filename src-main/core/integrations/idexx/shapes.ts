/** What the calendar of Neo says of one entry. Text that is empty there is null here. */
export interface NeoAppointment {
  /** The entry of the calendar; an appointment, a block and a roster each have one. */
  id: string;
  /** Null for blocks and rosters. */
  appointmentId: string | null;
  /** Null until the animal was checked in, and for blocks and rosters. */
  consultationId: string | null;
  /** By the clinic's clock: `2026-11-24 16:00:00`. */
  start: string;
  end: string;
  /** Null where a client not yet on file was booked, and for blocks and rosters. */
  patientId: string | null;
  patientName: string | null;
  clientId: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phoneNumber: string | null;
  /** Who it is with, by name; null where nobody was assigned. */
  provider: string | null;
  /** The number of the provider's column in the calendar; null where nobody was assigned. */
  resourceId: string | null;
  title: string | null;
  typeDescription: string | null;
  reason: string | null;
  currentStatus: string | null;
  statusLabel: string | null;
  isBlock: boolean;
  isRoster: boolean;
}

/** What the page of a consultation says. Text that is empty there is null here. */
export interface NeoConsultation {
  id: string;
  reason: string | null;
  notes: string | null;
  dischargeSummary: string | null;
  /** By the clinic's clock: `2026-11-24 16:00:00`, or the day alone. */
  date: string | null;
  status: string;
  patient: NeoPatient | null;
  client: NeoClient | null;
  /** `consultationNotes.notes`. */
  clinicalNotes: string | null;
  lines: NeoLine[];
}

export interface NeoPatient {
  id: string;
  name: string | null;
  species: string | null;
  breed: string | null;
  /** A day: `2019-04-30`. */
  dateOfBirth: string | null;
}

export interface NeoClient {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phoneNumber: string | null;
}

/** A product or service of the consultation. */
export interface NeoLine {
  id: string;
  productService: string;
  quantity: number;
  isDeclined: boolean;
}
