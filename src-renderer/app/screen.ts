import type { Appointment, FreeTime } from '../../src-main/contract/appointment.ts';
import type { DoctorProfile } from '../../src-main/contract/clinic.ts';
import type { ClinicDesk } from '../../src-main/contract/desks.ts';
import type { CallError } from '../../src-main/contract/errors.ts';
import type { MessageFile } from '../../src-main/contract/message.ts';
import type { PatientBrief } from '../../src-main/contract/patient.ts';
import type { Account, Payment } from '../../src-main/contract/payment.ts';
import type { Affected, ExceptionKind } from '../../src-main/contract/schedules.ts';
import type { SeriesScope } from '../../src-main/contract/series.ts';
import type { SetUp } from '../../src-main/contract/set-up.ts';
import type { StaffCode, StaffMember } from '../../src-main/contract/staff.ts';
import type { Gap, WaitingListEntry } from '../../src-main/contract/waiting-list.ts';
import { createKept } from './kept.ts';

/** The places of the left rail. */
export const places = [
  'board',
  'waiting',
  'patients',
  'doctors',
  'money',
  'messages',
  'calls',
  'reports',
  'inbox',
  'settings',
] as const;
export type Place = (typeof places)[number];

/** The bookable time that a booking starts from. Instants, ISO 8601 UTC. */
export interface SlotChoice {
  slotId: string;
  doctorId: string;
  /** Where it is; null is where the board is. */
  locationId: string | null;
  start: string;
  end: string;
  /** The room that goes with it, null for none; left out: the usual one, if it is free. */
  roomId?: string | null;
}

/**
 * What may lie over the screen. `app/features.tsx` says which component shows each kind. A dialog opens another
 * one on top of itself by `openDialog`; Esc or `closeDialog` takes the top one away, and what was typed in the
 * one below is still there.
 */
export type Dialog =
  /** Books a slot; with a patient and a visit type when they were chosen already (from the patient's page). */
  | {
      kind: 'book';
      slot: SlotChoice;
      patient?: PatientBrief;
      visitTypeId?: string;
      /** The length that was marked on the board; left out: the visit type's. */
      minutes?: number;
    }
  /** Finds the soonest free times, for a patient when one was chosen already; without `onTake` a booking follows. */
  | {
      kind: 'nextFree';
      patient?: PatientBrief;
      doctorId?: string;
      specialtyId?: string;
      visitTypeId?: string;
      onTake?: (time: FreeTime, visitTypeId: string | undefined) => void;
    }
  /** Somebody without an appointment: arrived, with the doctor who is free soonest. */
  | { kind: 'walkIn'; patient?: PatientBrief }
  /** Ctrl+K. */
  | { kind: 'findPatient' }
  /** A new patient; `typed` is what the search held, `owner` a new animal's, `onDone` gets the saved one. */
  | { kind: 'register'; typed?: string; owner?: PatientBrief; onDone?: (patient: PatientBrief) => void }
  /** Merges two records of one person; without the other one it is looked for first. */
  | { kind: 'merge'; patient: PatientBrief; with?: PatientBrief }
  /** Pairs of records of the whole clinic that may be of one person. */
  | { kind: 'duplicates' }
  /** Erases a person on request, once the name was typed. */
  | { kind: 'erase'; patient: PatientBrief }
  | { kind: 'stopDesk'; desk: ClinicDesk }
  | { kind: 'renameDesk'; desk: ClinicDesk }
  | { kind: 'freeKept'; desk: ClinicDesk }
  /** Takes a login of IDEXX Neo away. */
  | { kind: 'revokeIdexx'; userId: string; name: string; onDone: () => void }
  /** Check-in asks for phone and address first (`contact_unconfirmed`). */
  | { kind: 'confirmContact'; appointment: Appointment; details: CallError['details'] }
  /** Asks for the reason of a cancellation. */
  | { kind: 'cancel'; appointment: Appointment }
  /** A move that was refused: says why, offers other times, and an overbook to who may. */
  | { kind: 'moveRefused'; appointment: Appointment; slot: SlotChoice; error: CallError }
  /** Adds a doctor, or changes a profile. */
  | { kind: 'editDoctor'; doctor?: DoctorProfile }
  /** Leave, a closed day, a block or extra time; for a doctor or a location where one was chosen already. */
  | { kind: 'exception'; exception: ExceptionKind; doctorId?: string; locationId?: string }
  /** Appointments that new hours or leave left without their doctor, to be moved one after the other. */
  | { kind: 'affected'; title: string; affected: readonly Affected[] }
  /** Makes a clinic of one's own, out of the sample. */
  | { kind: 'ownClinic' }
  | { kind: 'editLocation'; location?: SetUp['locations'][number] }
  | { kind: 'editVisitType'; visitType?: SetUp['visitTypes'][number] }
  /** Ctrl+J: every action by its name. */
  | { kind: 'palette' }
  /** Another length that was refused: says why, and offers an overbook to who may. */
  | { kind: 'resizeRefused'; appointment: Appointment; minutes: number; error: CallError }
  /** Asks a patient back on a day. */
  | { kind: 'recall'; patient: PatientBrief }
  /** `P`: takes a payment for an appointment. */
  | { kind: 'pay'; appointment: Appointment; account: Account }
  /** Changes or waives the fee of an appointment. */
  | { kind: 'fee'; appointment: Appointment; account: Account }
  /** Gives back a payment or a part of it; or voids one that was typed by mistake. */
  | { kind: 'refund'; payment: Payment; patientName: string }
  | { kind: 'voidPayment'; payment: Payment; patientName: string }
  /** Writes a prescription; `draft` is one that was begun. */
  | { kind: 'prescription'; appointment: Appointment; draft?: { id: string; text: string } }
  /** An image of a message. */
  | { kind: 'messageFile'; file: MessageFile }
  /** Which appointments of a series something is about; null when it is given up. */
  | {
      kind: 'seriesScope';
      appointment: Appointment;
      about: 'cancel' | 'reschedule';
      onChoose: (scope: SeriesScope | null) => void;
    }
  /** Changes time, doctor, length or reason of a series; `slot` is where the appointment was put. */
  | { kind: 'changeSeries'; appointment: Appointment; slot?: SlotChoice; scope?: SeriesScope }
  /** `U`: who waits for an earlier time. */
  | { kind: 'waitingList' }
  /** Puts a patient on the waiting list, for an appointment or a new one; or changes an entry. */
  | {
      kind: 'waitingListEntry';
      patient?: PatientBrief;
      appointment?: Appointment;
      entry?: WaitingListEntry;
    }
  /** A time that became free, and who would come for it. */
  | { kind: 'gap'; gap: Gap }
  /** Writes what this desk could not send into a file; takes what another desk wrote. */
  | { kind: 'exportUnsent' }
  | { kind: 'importUnsent' }
  /** `?`. */
  | { kind: 'keys' }
  /** Makes the first administrator: from then on everybody signs in. */
  | { kind: 'firstAdministrator' }
  /** Invites somebody, or shows the account of one who was. */
  | { kind: 'staffMember'; member?: StaffMember }
  /** A code for a password, shown this once. */
  | { kind: 'staffCode'; code: StaffCode }
  /** Ctrl+P: the papers of what is chosen, or else the day sheet. */
  | { kind: 'printChoice' }
  /** Shows a page as it will be on paper, and prints it. */
  | { kind: 'print'; job: PrintJob };

/** What can be put on paper. The print feature reads what it needs by these ids. */
export type PrintJob =
  | { kind: 'daySheet'; date: string; locationId: string }
  | { kind: 'card'; appointmentId: string }
  | { kind: 'receipt'; paymentId: string }
  | { kind: 'prescription'; prescriptionId: string }
  | { kind: 'label'; patientId: string }
  | { kind: 'cashUp'; cashUpId: string }
  | {
      kind: 'staffCode';
      userId: string;
      purpose: StaffCode['purpose'];
      code: string;
      expiresAt: string;
    };

export type DialogKind = Dialog['kind'];

/** A dialog that is open; the number tells two of one kind apart. */
export interface OpenDialog {
  id: number;
  dialog: Dialog;
}

interface Screen {
  place: Place;
  /** The day shown, as `2026-11-24`; null is today in the location's zone, also after midnight. */
  date: string | null;
  /** Null is the one of the preferences, or else the clinic's first. */
  locationId: string | null;
  /** What the right panel shows, as it was when it was chosen; the panel reads it again. */
  selected: Appointment | null;
  /** Whose page the patients' place shows. */
  patientId: string | null;
  /** Whose page the doctors' place shows; null is the directory. */
  doctorId: string | null;
  /** Which part of the settings is open, as `app/features.tsx` names them. */
  settingsPart: string | null;
  /** Cut with Ctrl+X and not yet put down. */
  moving: Appointment | null;
  /** Bottom to top. */
  dialogs: readonly OpenDialog[];
}

/** What the screen itself owns. Everything of the clinic is read from the core. */
export const useScreen = createKept<Screen>(() => ({
  place: 'board',
  date: null,
  locationId: null,
  selected: null,
  patientId: null,
  doctorId: null,
  settingsPart: null,
  moving: null,
  dialogs: [],
}));

const set = useScreen.setState;

export const goTo = (place: Place): void => set({ place });
export const showDay = (date: string | null): void => set({ date, place: 'board' });
export const showLocation = (locationId: string): void => set({ locationId });
export const select = (selected: Appointment | null): void => set({ selected });
/** Opens a patient's page. */
export const openPatient = (patientId: string): void => set({ place: 'patients', patientId });
/** Opens a doctor's page, or the directory. */
export const openDoctor = (doctorId: string | null): void => set({ place: 'doctors', doctorId });
/** Opens a part of the settings. */
export const openSettings = (settingsPart: string): void => set({ place: 'settings', settingsPart });
export const startMoving = (moving: Appointment | null): void => set({ moving });

let opened = 0;

/** Opens a dialog on top of those that are open. */
export const openDialog = (dialog: Dialog): void =>
  set(({ dialogs }) => ({ dialogs: [...dialogs, { id: ++opened, dialog }] }));
/** Closes the top dialog. */
export const closeDialog = (): void => set(({ dialogs }) => ({ dialogs: dialogs.slice(0, -1) }));
export const closeAllDialogs = (): void => set({ dialogs: [] });
