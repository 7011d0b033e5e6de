import { afterEach, beforeEach, expect, test } from 'vitest';
import { calls } from '../../src-main/contract/calls.ts';
import { refuse } from '../../src-main/contract/errors.ts';
import { withReadingsNoted } from '../../src-main/core/audit/note-readings.ts';
import { readings } from '../../src-main/core/audit/readings.ts';
import type { Handlers } from '../../src-main/core/dispatch.ts';
import { patient } from '../../src-main/core/patients/history.ts';
import { waitingEvents } from '../../src-main/core/replica/audit-events.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

/** Calls that read and open no patient's record. */
const openNone = {
  'what the clinic is, and when its doctors work': `clinic me locations doctors doctorDirectory doctorProfile specialties
    visitTypes workingHours exceptions setUp setUpSteps outsideLinks slots keptSlots nextFree checkPlace affectedAppointments`,
  'lists and search results, which say who somebody is and when they come': `daySchedule appointment series planSeries
    planSeriesChange waitingList fitsForGap findPatient likelyDuplicates possibleDuplicates waitingRoom callList
    messageThreads unreadMessages fileState fetchFile account receipt takings cashUp cashUps printable conflicts
    outsideProblems importPreview importRuns importRun importFindings`,
  figures: 'reportNames visitTallies takingsTallies exportTables',
  'screens that patients reach': 'kioskState kioskCheckIn callDisplay leaveKiosk stations',
  'this desk':
    'syncState diagnostics diagnosticsFile newCrash daySheetFiles deskSecrets standing door backups backupState unsentState integrationStates calComState calComEventTypes integrationSettings idexxRuns idexxCredentials',
  'accounts and desks':
    'myAccount readCode staff staffSessions securityPolicy mailSettings testMail clinicDesks',
};
/** Calls that write: the audit knows of them by the change or by central, and by events of their own. */
const writes = `book decideOutside setOutsideLink reschedule resize cancel noShow restore hold release bookSeries changeSeries cancelSeries
  addToWaitingList updateWaitingListEntry bookFromWaitingList registerPatient updatePatient recordConsent mergePatients
  undoMerge erasePatient checkIn moveOn callNext setKioskPin enterKiosk openStation closeStations logCall takeBackCall
  dialCall cancelCall addRecall updateRecall confirm unconfirm setWorkingHours addException removeException updateClinic saveLocation saveRoom
  saveSpecialty saveVisitType saveDoctor setInUse arrange startOwnClinic keepDaySheetFiles setFee takePayment refund
  voidPayment closeDay savePrescription issuePrescription replacePrescription readThread sendMessage editMessage
  deleteMessage importMessages resolveConflict workOffline dismissTrouble settleCrashes noteScreenFault undo signIn switchPerson lock signOut changePassword setPin
  beginSecondFactor confirmSecondFactor endSecondFactor newRecoveryCodes endMySession firstAdministrator redeemCode
  inviteStaff reissueCode updateStaff deactivateStaff reactivateStaff unlockStaff endStaffSession setSecurityPolicy
  setMailSettings startBackup unsentHere exportUnsent readUnsent importUnsent unsentTaken disableDesk enableDesk renameDesk freeKeptSlots changeDeskKey changeDeskPassword
  startImport pauseImport resumeImport runIntegration stopIntegration setCalComKey updateIntegration saveIdexxCredentials testIdexxCredentials rotateIdexxKey
  revokeIdexxCredentials`;

const named = (...lists: string[]): string[] => lists.flatMap((list) => list.trim().split(/\s+/));

test('of every call it is decided whether it opens a patient’s record', () => {
  const decided = new Set([...Object.keys(readings), ...named(writes, ...Object.values(openNone))]);
  expect(Object.keys(calls).filter((name) => !decided.has(name))).toEqual([]);
});

let desk: ClinicDesk;
let handlers: Handlers;
const open = (patientId: string, session = receptionist): unknown => handlers.patient(session, { patientId });

beforeEach(() => {
  desk = clinicDesk();
  handlers = withReadingsNoted(
    {
      patient: (session, input) => patient(desk, session, input),
      leaveKiosk: () => refuse('wrong_pin'),
    } as Partial<Handlers> as Handlers,
    desk,
  );
});
afterEach(() => desk.dispose());

const noted = () =>
  waitingEvents(desk.replica, 100).map(({ action, row, actor }) => ({ action, row, actor }));

test('opening a record is noted once for each person, and reading it again while it is shown is not', async () => {
  const opening = { action: 'openPatient', row: ids.maria, actor: ids.receptionist };
  await open(ids.maria);
  desk.setNow('2026-11-24T07:04:00.000Z');
  await open(ids.maria);
  desk.setNow('2026-11-24T07:08:00.000Z');
  await open(ids.maria);
  expect(noted()).toEqual([opening]);
  await open(ids.maria, { ...receptionist, userId: ids.baker });
  await open(ids.john);
  expect(noted().slice(1)).toEqual([
    { ...opening, actor: ids.baker },
    { ...opening, row: ids.john },
  ]);
  desk.setNow('2026-11-24T07:14:00.000Z');
  await open(ids.maria);
  expect(noted().at(-1)).toEqual(opening);
});

test('a record that is not there was not opened', async () => {
  expect(await open(ids.room1)).toMatchObject({ ok: false });
  expect(noted()).toEqual([]);
});

test('a wrong PIN at the kiosk is noted', async () => {
  await handlers.leaveKiosk(receptionist, { pin: '0000' });
  expect(noted()).toMatchObject([{ action: 'kioskPinFailed' }]);
});
