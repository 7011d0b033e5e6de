import { type ComponentType, lazy } from 'react';
import { AccountSection } from '../features/account/account-section.tsx';
import { EnrolPage } from '../features/account/enrol-page.tsx';
import { AuditSection } from '../features/audit/audit-section.tsx';
import { PatientOpenings } from '../features/audit/patient-openings.tsx';
import { BackupNotice } from '../features/backup/backup-notice.tsx';
import { BackupSection } from '../features/backup/backup-section.tsx';
import { ExportUnsentDialog } from '../features/backup/export-dialog.tsx';
import { ImportUnsentDialog } from '../features/backup/import-dialog.tsx';
import { UnsentSection } from '../features/backup/unsent-section.tsx';
import { BookDialog } from '../features/booking/book-dialog.tsx';
import { NextFreeDialog } from '../features/booking/next-free-dialog.tsx';
import { WalkInDialog } from '../features/booking/walk-in-dialog.tsx';
import { CalComPart } from '../features/cal-com/cal-com-part.tsx';
import { CallsPlace } from '../features/calls/calls-place.tsx';
import { RecallDialog } from '../features/calls/recall-dialog.tsx';
import { RecallsSection } from '../features/calls/recalls-section.tsx';
import { PatientCases } from '../features/cases/patient-cases.tsx';
import { ConfirmContactDialog } from '../features/check-in/confirm-contact-dialog.tsx';
import { Inbox, InboxCount } from '../features/conflicts/inbox.tsx';
import { ConnectionNotice } from '../features/connections/connection-notice.tsx';
import { ConnectionsSection } from '../features/connections/connections-section.tsx';
import { DesksSection } from '../features/desks/desks-section.tsx';
import { FreeKeptDialog } from '../features/desks/free-kept-dialog.tsx';
import { RenameDeskDialog } from '../features/desks/rename-desk-dialog.tsx';
import { StopDeskDialog } from '../features/desks/stop-desk-dialog.tsx';
import { StoppedDesk } from '../features/desks/stopped-desk.tsx';
import { CrashNotice } from '../features/diagnostics/crash-notice.tsx';
import { DiagnosticsPart } from '../features/diagnostics/diagnostics-part.tsx';
import { CallDisplay } from '../features/display/call-display.tsx';
import { AffectedDialog } from '../features/doctors/affected-dialog.tsx';
import { EditDoctorDialog } from '../features/doctors/edit-doctor-dialog.tsx';
import { ExceptionDialog } from '../features/doctors/exception-dialog.tsx';
import { IdexxSection } from '../features/idexx/idexx-section.tsx';
import { RevokeIdexxDialog } from '../features/idexx/revoke-dialog.tsx';
import { ImportsSection } from '../features/imports/imports-section.tsx';
import { Kiosk } from '../features/kiosk/kiosk.tsx';
import { StationsSettings } from '../features/kiosk/stations-settings.tsx';
import { FileDialog } from '../features/messages/file-dialog.tsx';
import { MessagesCount } from '../features/messages/messages-count.tsx';
import { PanelMessages } from '../features/messages/panel-messages.tsx';
import { PatientMessages } from '../features/messages/patient-messages.tsx';
import { NeoLinks } from '../features/neo-links/neo-links.tsx';
import { DuplicatesDialog } from '../features/patients/duplicates-dialog.tsx';
import { EraseDialog } from '../features/patients/erase-dialog.tsx';
import { FindDialog } from '../features/patients/find-dialog.tsx';
import { MergeDialog } from '../features/patients/merge-dialog.tsx';
import { PatientPlace } from '../features/patients/patient-place.tsx';
import type { PatientSection } from '../features/patients/patient-section.ts';
import { RegisterDialog } from '../features/patients/register-dialog.tsx';
import { FeeDialog } from '../features/payments/fee-dialog.tsx';
import { RefundDialog, VoidDialog } from '../features/payments/give-back-dialog.tsx';
import { MoneyPlace } from '../features/payments/money-place.tsx';
import { PanelMoney } from '../features/payments/panel-money.tsx';
import { PatientPayments } from '../features/payments/patient-payments.tsx';
import { PayDialog } from '../features/payments/pay-dialog.tsx';
import { PrescriptionDialog } from '../features/prescriptions/prescription-dialog.tsx';
import { PanelPrescriptions, PatientPrescriptions } from '../features/prescriptions/sections.tsx';
import { DaySheetSettings } from '../features/printing/day-sheet-files.tsx';
import { PrintChoice } from '../features/printing/print-choice.tsx';
import { PrintDialog } from '../features/printing/print-dialog.tsx';
import { PrintSection } from '../features/printing/print-section.tsx';
import { AppointmentPanel, type PanelSection } from '../features/schedule/appointment-panel.tsx';
import { Board } from '../features/schedule/board.tsx';
import { CancelDialog } from '../features/schedule/cancel-dialog.tsx';
import { MoveRefusedDialog } from '../features/schedule/move-refused-dialog.tsx';
import { ResizeRefusedDialog } from '../features/schedule/resize-refused-dialog.tsx';
import { ChangeSeriesDialog } from '../features/series/change-dialog.tsx';
import { PanelSeries } from '../features/series/panel-series.tsx';
import { ScopeDialog } from '../features/series/scope-dialog.tsx';
import { ClinicSection } from '../features/set-up/clinic-section.tsx';
import { DoctorsSection } from '../features/set-up/doctors-section.tsx';
import { FirstLocation } from '../features/set-up/first-location.tsx';
import { LocationDialog } from '../features/set-up/location-dialog.tsx';
import { LocationsSection } from '../features/set-up/locations-section.tsx';
import { OwnClinicDialog } from '../features/set-up/own-clinic-dialog.tsx';
import { SetUpNotice } from '../features/set-up/set-up-notice.tsx';
import { SpecialtiesSection } from '../features/set-up/specialties-section.tsx';
import { VisitTypeDialog } from '../features/set-up/visit-type-dialog.tsx';
import { VisitsSection } from '../features/set-up/visits-section.tsx';
import { SettingsPlace } from '../features/settings/settings-place.tsx';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { CodeDialog } from '../features/staff/code-dialog.tsx';
import { FirstAdministratorDialog } from '../features/staff/first-administrator-dialog.tsx';
import { MailSection } from '../features/staff/mail-section.tsx';
import { MemberDialog } from '../features/staff/member-dialog.tsx';
import { SecuritySection } from '../features/staff/security-section.tsx';
import { StaffSection } from '../features/staff/staff-section.tsx';
import { SyncStatus } from '../features/sync-status/sync-status.tsx';
import { TroubleNotices } from '../features/sync-status/trouble-notices.tsx';
import { WaitingListEntryDialog } from '../features/waiting-list/entry-dialog.tsx';
import { GapDialog } from '../features/waiting-list/gap-dialog.tsx';
import { WaitingListDialog } from '../features/waiting-list/list-dialog.tsx';
import { PanelWaitingList, PatientWaitingList } from '../features/waiting-list/sections.tsx';
import { WaitingRoom } from '../features/waiting-room/waiting-room.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Palette } from './palette.tsx';
import type { Dialog, DialogKind, Place } from './screen.ts';

/** Places that are read when they are first opened: nobody waits for them at the start. */
const DoctorsPlace = lazy(async () => ({
  default: (await import('../features/doctors/doctors-place.tsx')).DoctorsPlace,
}));
const MessagesPlace = lazy(async () => ({
  default: (await import('../features/messages/messages-place.tsx')).MessagesPlace,
}));
const ReportsPlace = lazy(async () => ({
  default: (await import('../features/reports/reports-place.tsx')).ReportsPlace,
}));

/** What stands below the steps of the chosen appointment, and below the appointments of a patient, in this order. */
const panelSections: Record<string, PanelSection> = {
  series: PanelSeries,
  waitingList: PanelWaitingList,
  money: PanelMoney,
  prescriptions: PanelPrescriptions,
  messages: PanelMessages,
  print: PrintSection,
};
const patientSections: Record<string, PatientSection> = {
  cases: PatientCases,
  waitingList: PatientWaitingList,
  messages: PatientMessages,
  payments: PatientPayments,
  prescriptions: PatientPrescriptions,
  recalls: RecallsSection,
  print: PrintSection,
  openings: PatientOpenings,
};

/** What stands on the settings' page after what is of this screen. */
const settingsSections: Record<string, ComponentType> = {
  stations: StationsSettings,
  daySheetFiles: DaySheetSettings,
  unsent: UnsentSection,
  mail: MailSection,
};

/** IDEXX Neo: how it is read, and who its names are here. */
const IdexxPart = () => (
  <>
    <IdexxSection />
    <NeoLinks />
  </>
);

/** The parts of the settings that are the clinic's and not this desk's, by their names in `setUp.tabs`. */
const clinicParts = {
  clinic: ClinicSection,
  locations: LocationsSection,
  doctors: DoctorsSection,
  visits: VisitsSection,
  specialties: SpecialtiesSection,
  desks: DesksSection,
  staff: StaffSection,
  security: SecuritySection,
  idexx: IdexxPart,
  calCom: CalComPart,
  connections: ConnectionsSection,
  imports: ImportsSection,
  audit: AuditSection,
  backup: BackupSection,
};

/**
 * The only file that names features: which component stands for each place, dialog and corner of the frame.
 * A feature is added here and nowhere else in the frame. A dialog gets its own entry of `Dialog` as props and
 * closes itself with `closeDialog`.
 */
export const placeScreens: Record<Place, ComponentType> = {
  board: Board,
  waiting: WaitingRoom,
  patients: () => <PatientPlace sections={patientSections} />,
  doctors: DoctorsPlace,
  money: MoneyPlace,
  messages: MessagesPlace,
  calls: CallsPlace,
  reports: ReportsPlace,
  inbox: Inbox,
  settings: () => (
    <SettingsPlace
      account={AccountSection}
      diagnostics={DiagnosticsPart}
      sections={settingsSections}
      clinicParts={clinicParts}
    />
  ),
};

type DialogScreens = { [K in DialogKind]: ComponentType<Extract<Dialog, { kind: K }>> };

export const dialogScreens: DialogScreens = {
  book: BookDialog,
  nextFree: NextFreeDialog,
  walkIn: WalkInDialog,
  findPatient: FindDialog,
  register: RegisterDialog,
  merge: MergeDialog,
  duplicates: DuplicatesDialog,
  erase: EraseDialog,
  stopDesk: StopDeskDialog,
  renameDesk: RenameDeskDialog,
  freeKept: FreeKeptDialog,
  revokeIdexx: RevokeIdexxDialog,
  confirmContact: ConfirmContactDialog,
  cancel: CancelDialog,
  moveRefused: MoveRefusedDialog,
  resizeRefused: ResizeRefusedDialog,
  palette: Palette,
  recall: RecallDialog,
  pay: PayDialog,
  fee: FeeDialog,
  refund: RefundDialog,
  voidPayment: VoidDialog,
  prescription: PrescriptionDialog,
  messageFile: FileDialog,
  seriesScope: ScopeDialog,
  changeSeries: ChangeSeriesDialog,
  waitingList: WaitingListDialog,
  waitingListEntry: WaitingListEntryDialog,
  gap: GapDialog,
  affected: AffectedDialog,
  exception: ExceptionDialog,
  editDoctor: EditDoctorDialog,
  ownClinic: OwnClinicDialog,
  editLocation: LocationDialog,
  editVisitType: VisitTypeDialog,
  firstAdministrator: FirstAdministratorDialog,
  staffMember: MemberDialog,
  staffCode: CodeDialog,
  exportUnsent: ExportUnsentDialog,
  importUnsent: ImportUnsentDialog,
  keys: KeysDialog,
  print: PrintDialog,
  printChoice: PrintChoice,
};

/** Right end of the strip at the bottom: the state of the sync in one word and a dot. */
export const StatusCorner: ComponentType = SyncStatus;
/** Beside a place's name in the rail: how many entries of it wait. Beside the notices: this computer's clock is wrong. */
/** Beside the notices: the way out of the sample, or the next step of a new clinic. Instead of the board: its first location. */
export {
  BackupNotice,
  ConnectionNotice,
  CrashNotice,
  FirstLocation,
  InboxCount,
  MessagesCount,
  SetUpNotice,
  TroubleNotices,
};
/** The panel on the right of the board and the waiting room. */
export const SidePanel: ComponentType = () => <AppointmentPanel sections={panelSections} />;
/** What stands instead of the frame while nobody is in, and while somebody has to set up a second factor first. */
export const doorScreens = { signIn: SignInPage, enrol: EnrolPage };
/** What a desk shows that was stopped, instead of everything. */
export { StoppedDesk };
/** What patients reach instead of the frame. */
export const stationScreens = { kiosk: Kiosk, display: CallDisplay };
