import type { CallName, CallResult, ParsedInput } from '../contract/calls.ts';
import { ok } from '../contract/errors.ts';
import { book } from './appointments/book.ts';
import { cancel } from './appointments/cancel.ts';
import { daySchedule } from './appointments/day-schedule.ts';
import { checkPlace, hold, release } from './appointments/hold.ts';
import { nextFree } from './appointments/next-free.ts';
import { noShow } from './appointments/no-show.ts';
import { reschedule } from './appointments/reschedule.ts';
import { resize } from './appointments/resize.ts';
import { restore } from './appointments/restore.ts';
import { bookSeries } from './appointments/series-book.ts';
import { cancelSeries, changeSeries } from './appointments/series-change.ts';
import { series } from './appointments/series-members.ts';
import { planSeries, planSeriesChange } from './appointments/series-plan.ts';
import { takeBackBookedSeries, takeBackCancelledSeries } from './appointments/series-undo.ts';
import { slots } from './appointments/slots.ts';
import { appointment } from './appointments/view.ts';
import { addToWaitingList, updateWaitingListEntry } from './appointments/waiting-list-change.ts';
import { bookFromWaitingList, fitsForGap } from './appointments/waiting-list-gap.ts';
import { waitingList } from './appointments/waiting-list-read.ts';
import { exportAudit } from './audit/export.ts';
import { withReadingsNoted } from './audit/note-readings.ts';
import { readAudit } from './audit/read.ts';
import { backups, startBackup } from './backups/backups.ts';
import { confirm, unconfirm } from './calls/confirm.ts';
import { cancelCall, dialCall } from './calls/discharge-calls.ts';
import { callList } from './calls/list.ts';
import { logCall, takeBackCall, takeBackLogged } from './calls/log-call.ts';
import { addRecall, patientRecalls, updateRecall } from './calls/recalls.ts';
import { conflicts } from './conflicts/list.ts';
import { resolveConflict } from './conflicts/resolve.ts';
import type { Desk, Session } from './desk.ts';
import { deskHandlers } from './desks/desk-calls.ts';
import { diagnosticsHandlers } from './diagnostics/diagnostics-calls.ts';
import type { Handlers } from './dispatch.ts';
import { updateClinic } from './doctors/clinic-settings.ts';
import { clinic, doctors, locations, specialties, visitTypes } from './doctors/directory.ts';
import { doctorDirectory, doctorProfile } from './doctors/doctor-directory.ts';
import { arrange, setInUse } from './doctors/in-use.ts';
import { me } from './doctors/me.ts';
import { startOwnClinic } from './doctors/own-clinic.ts';
import { saveDoctor, saveSpecialty, saveVisitType } from './doctors/save-offer.ts';
import { saveLocation, saveRoom } from './doctors/save-places.ts';
import { setUp, setUpSteps } from './doctors/set-up.ts';
import { calComEventTypes, calComState, setCalComKey } from './integrations/calcom/calls.ts';
import { exportFhir } from './integrations/export/bundle.ts';
import { exportCalendar } from './integrations/export/calendar.ts';
import { exportTableToFolder } from './integrations/export/folder.ts';
import { exportTable, exportTables } from './integrations/export/tables.ts';
import { idexxCredentialsHandlers } from './integrations/idexx/credential-calls.ts';
import { importHandlers } from './integrations/import/import-calls.ts';
import { Imports, lineTo } from './integrations/import/imports.ts';
import { integrationHandlers } from './integrations/integration-calls.ts';
import { decideOutside } from './integrations/outside/decide.ts';
import { outsideLinks, setOutsideLink } from './integrations/outside/links.ts';
import { outsideProblems } from './integrations/outside/problems.ts';
import { Runner } from './integrations/runner.ts';
import { integrationSettingsHandlers } from './integrations/settings.ts';
import { kioskCheckIn } from './kiosk/check-in.ts';
import { enterKiosk, kioskState, setKioskPin, stationCalls } from './kiosk/kiosk.ts';
import { Stations } from './kiosk/stations.ts';
import { keptSlots } from './leases/kept.ts';
import { stderrLog } from './log.ts';
import { deleteMessage, editMessage } from './messages/edit.ts';
import { exportMessages } from './messages/export.ts';
import { importMessages } from './messages/import.ts';
import { fetchFile, fileState } from './messages/open-file.ts';
import { sendMessage } from './messages/send.ts';
import { messageThread } from './messages/thread.ts';
import { messageThreads } from './messages/threads.ts';
import { readThread, unreadMessages } from './messages/unread.ts';
import { dischargeCase, patientCases } from './patients/cases.ts';
import { recordConsent } from './patients/consents.ts';
import { eraseWith, neverTakenBack } from './patients/erase.ts';
import { findPatient } from './patients/find.ts';
import { patient } from './patients/history.ts';
import { likelyDuplicates } from './patients/likely-duplicates.ts';
import { mergePatients, takeBackMerge, undoMerge } from './patients/merge.ts';
import { possibleDuplicates } from './patients/possible-duplicates.ts';
import { registerPatient } from './patients/register.ts';
import { updatePatient } from './patients/update.ts';
import { account } from './payments/account.ts';
import { cashUp, cashUps } from './payments/cash-ups.ts';
import { closeDay } from './payments/close-day.ts';
import { refund, takeBackPayment, voidPayment } from './payments/give-back.ts';
import { patientBalance } from './payments/patient-balance.ts';
import { receipt } from './payments/receipt.ts';
import { setFee } from './payments/set-fee.ts';
import { takePayment } from './payments/take-payment.ts';
import { takings } from './payments/takings.ts';
import { prescription, prescriptions } from './prescriptions/read.ts';
import {
  issuePrescription,
  replacePrescription,
  savePrescription,
  takeBackPrescription,
} from './prescriptions/write.ts';
import { DaySheetKeeper } from './printing/day-sheet-files.ts';
import { printData } from './printing/print-data.ts';
import { printable } from './printing/printable.ts';
import { dismissTrouble } from './replica/troubles.ts';
import { reportNames } from './reports/names.ts';
import { takingsTallies } from './reports/takings-tallies.ts';
import { visitTallies } from './reports/visit-tallies.ts';
import { affectedAppointments } from './schedules/affected.ts';
import { addException, exceptions, removeException } from './schedules/exceptions.ts';
import { setWorkingHours, workingHours } from './schedules/working-hours.ts';
import { seatCalls } from './security/seat-calls.ts';
import { Seats } from './security/seats.ts';
import { staffHandlers } from './staff/staff-calls.ts';
import type { Engine } from './sync/engine.ts';
import { undoWith } from './undo/undo.ts';
import { exportUnsent, unsentHere } from './unsent/export.ts';
import { importUnsent, readUnsent, unsentTaken } from './unsent/import.ts';
import { callDisplay } from './waiting-room/call-display.ts';
import { callNext } from './waiting-room/call-next.ts';
import { checkIn } from './waiting-room/check-in.ts';
import { moveOn } from './waiting-room/move-on.ts';
import { waitingRoom } from './waiting-room/waiting-room.ts';

/** The calls that a slice answers from the replica alone. */
type SliceCalls = Exclude<
  CallName,
  | 'syncState'
  | 'dismissTrouble'
  | 'workOffline'
  | 'hold'
  | 'daySheetFiles'
  | 'keepDaySheetFiles'
  | keyof ReturnType<typeof stationCalls>
  | keyof ReturnType<typeof seatCalls>
  | keyof ReturnType<typeof staffHandlers>
  | keyof ReturnType<typeof deskHandlers>
  | keyof ReturnType<typeof diagnosticsHandlers>
  | keyof ReturnType<typeof integrationHandlers>
  | keyof ReturnType<typeof importHandlers>
  | keyof ReturnType<typeof integrationSettingsHandlers>
  | keyof ReturnType<typeof idexxCredentialsHandlers>
>;

type SliceCall<N extends CallName> = (
  desk: Desk,
  session: Session,
  input: ParsedInput<N>,
) => CallResult<N> | Promise<CallResult<N>>;

const sliceCalls: { [N in SliceCalls]: SliceCall<N> } = {
  clinic,
  me,
  locations,
  doctors,
  specialties,
  visitTypes,
  daySchedule,
  slots,
  keptSlots,
  nextFree,
  appointment,
  findPatient,
  patient,
  likelyDuplicates,
  registerPatient,
  updatePatient,
  recordConsent,
  possibleDuplicates,
  mergePatients,
  undoMerge,
  erasePatient: eraseWith(patientBalance),
  waitingList,
  addToWaitingList,
  updateWaitingListEntry,
  fitsForGap,
  bookFromWaitingList,
  planSeries,
  bookSeries,
  series,
  planSeriesChange,
  changeSeries,
  cancelSeries,
  checkPlace,
  release,
  book,
  reschedule,
  resize,
  cancel,
  noShow,
  restore,
  checkIn,
  moveOn,
  callNext,
  waitingRoom,
  kioskState,
  kioskCheckIn,
  setKioskPin,
  enterKiosk,
  callDisplay,
  callList,
  logCall,
  takeBackCall,
  dialCall,
  cancelCall,
  patientCases,
  dischargeCase,
  patientRecalls,
  addRecall,
  updateRecall,
  confirm,
  unconfirm,
  doctorDirectory,
  doctorProfile,
  setUp,
  setUpSteps,
  updateClinic,
  saveLocation,
  saveRoom,
  saveSpecialty,
  saveVisitType,
  saveDoctor,
  setInUse,
  arrange,
  startOwnClinic,
  workingHours,
  setWorkingHours,
  exceptions,
  addException,
  removeException,
  affectedAppointments,
  reportNames,
  visitTallies,
  takingsTallies,
  printData,
  printable,
  exportCalendar,
  exportFhir,
  exportTables,
  exportTable,
  exportTableToFolder,
  account,
  patientBalance,
  setFee,
  takePayment,
  refund,
  voidPayment,
  receipt,
  takings,
  closeDay,
  cashUp,
  cashUps,
  prescriptions,
  prescription,
  savePrescription,
  issuePrescription,
  replacePrescription,
  messageThreads,
  messageThread,
  unreadMessages,
  readThread,
  editMessage,
  deleteMessage,
  sendMessage,
  fileState,
  fetchFile,
  importMessages,
  exportMessages,
  readAudit,
  exportAudit,
  conflicts,
  resolveConflict,
  outsideProblems,
  decideOutside,
  outsideLinks,
  setOutsideLink,
  calComState,
  setCalComKey,
  calComEventTypes,
  backups,
  startBackup,
  unsentHere,
  exportUnsent,
  readUnsent,
  importUnsent,
  unsentTaken,
  undo: undoWith({
    bookInSeries: takeBackBookedSeries,
    cancelInSeries: takeBackCancelledSeries,
    mergePatients: takeBackMerge,
    erasePatient: neverTakenBack,
    logCall: takeBackLogged,
    takePayment: takeBackPayment,
    savePrescription: takeBackPrescription,
    replacePrescription: takeBackPrescription,
    issuePrescription: takeBackPrescription,
  }),
};

/** Every call with the desk it works on. */
export const createHandlers = (
  desk: Desk,
  engine: Engine,
  stations = new Stations(),
  daySheets = new DaySheetKeeper(desk, { log: stderrLog }),
  seats = new Seats(desk),
  runner = new Runner(desk, { engine, log: stderrLog, connectors: {} }),
  imports = new Imports(desk, { line: lineTo(engine), log: stderrLog }),
): Handlers => {
  const bound = Object.entries(sliceCalls).map(([name, call]) => {
    const answer = call as (desk: Desk, session: Session, input: unknown) => unknown;
    return [name, (session: Session, input: unknown) => answer(desk, session, input)];
  });
  const handlers: Handlers = {
    ...(Object.fromEntries(bound) as Pick<Handlers, SliceCalls>),
    ...stationCalls(desk, stations),
    ...deskHandlers(desk),
    ...diagnosticsHandlers(desk, { sync: () => engine.state(), integrations: () => runner.states() }),
    ...staffHandlers(desk),
    ...integrationHandlers(runner),
    ...importHandlers(desk, imports),
    ...integrationSettingsHandlers(desk),
    ...idexxCredentialsHandlers(desk),
    ...seatCalls(desk, seats, () => engine.online),
    hold: (session, input) => hold(desk, session, input, engine.online),
    daySheetFiles: () => ok(daySheets.state()),
    keepDaySheetFiles: (_session, input) => daySheets.set(input),
    syncState: () => ok(engine.state()),
    dismissTrouble: (_session, { code, at }) => {
      dismissTrouble(desk.replica, code, at);
      return ok(engine.state());
    },
    workOffline: (_session, { offline }) => ok(engine.workOffline(offline)),
  };
  return withReadingsNoted(handlers, desk);
};
