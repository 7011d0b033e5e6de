import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCalls } from '../../src-main/calls.ts';
import { type CallInput, type CallName, calls, rights } from '../../src-main/contract/calls.ts';
import { errorCodes } from '../../src-main/contract/errors.ts';
import type { Dispatch } from '../../src-main/core/dispatch.ts';
import { errors as errorsEl } from '../../src-renderer/i18n/el/errors.ts';
import { errors as errorsEn } from '../../src-renderer/i18n/en/errors.ts';
import { ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { stock, stockedDesk } from './stocked-desk.ts';

let dispatch: Dispatch;
let scheduled: string;
let confirmable: string;
const { recall, attempt, dischargeCall, paid, cashedUp, draft, meeting, inSeries, waits } = stock;
let close: () => Promise<void>;
beforeAll(() => {
  ({ dispatch, scheduled, confirmable, close } = stockedDesk());
});
afterAll(() => close());

const names = Object.keys(calls) as CallName[];
/** A sensible input for each call, in an order in which each can be answered; workOffline speaks to no slice. */
const sensible = (): [CallName, unknown][] => {
  const all: { [N in CallName]: CallInput<N> } = {
    door: {},
    signIn: { userId: ids.receptionist, password: 'not the one' },
    switchPerson: { userId: ids.receptionist, pin: '4821' },
    lock: {},
    signOut: {},
    myAccount: {},
    changePassword: { password: 'not the one', next: 'seven grey herons' },
    setPin: { password: 'not the one', pin: '4821' },
    beginSecondFactor: { password: 'not the one' },
    confirmSecondFactor: { code: '123456' },
    endSecondFactor: { password: 'not the one' },
    newRecoveryCodes: { password: 'not the one' },
    endMySession: { sessionId: ids.receptionist },
    firstAdministrator: {
      name: 'Anna Nikolaou',
      email: 'anna@clinic.example',
      password: 'seven grey herons',
    },
    readCode: { code: '7K2QM-7K2QM-7K2QM-7K2QM' },
    redeemCode: { code: '7K2QM-7K2QM-7K2QM-7K2QM', password: 'seven grey herons', pin: '4821' },
    staff: {},
    inviteStaff: { name: 'Anna Nikolaou', email: 'anna@clinic.example', role: 'receptionist' },
    reissueCode: { userId: ids.receptionist },
    updateStaff: { userId: ids.receptionist, set: { name: 'Anna' } },
    deactivateStaff: { userId: ids.receptionist },
    reactivateStaff: { userId: ids.receptionist },
    unlockStaff: { userId: ids.receptionist },
    staffSessions: { userId: ids.receptionist },
    endStaffSession: { sessionId: ids.receptionist },
    securityPolicy: {},
    setSecurityPolicy: { set: { idleMinutes: 5 } },
    mailSettings: {},
    setMailSettings: { settings: null },
    testMail: { to: 'anna@clinic.example' },
    clinicDesks: {},
    disableDesk: { deskId: ids.receptionist, wipe: true },
    enableDesk: { deskId: ids.receptionist },
    freeKeptSlots: { deskId: ids.receptionist },
    renameDesk: { deskId: ids.receptionist, name: 'Back office' },
    deskSecrets: {},
    changeDeskKey: {},
    changeDeskPassword: {},
    standing: {},
    diagnostics: {},
    diagnosticsFile: {},
    newCrash: {},
    settleCrashes: {},
    noteScreenFault: { fault: 'TypeError', stack: 'TypeError: x\n    at draw (app.js:1:20)' },
    integrationStates: {},
    runIntegration: { source: 'idexx' },
    stopIntegration: { source: 'idexx' },
    integrationSettings: {},
    updateIntegration: { source: 'idexx', enabled: true },
    idexxRuns: {},
    idexxCredentials: {},
    saveIdexxCredentials: { username: 'anna', password: 'seven grey herons' },
    testIdexxCredentials: {},
    rotateIdexxKey: {},
    revokeIdexxCredentials: {},
    importPreview: { source: { from: 'csv', file: '/there/is/none.csv', kind: 'patients' } },
    startImport: { source: { from: 'csv', file: '/there/is/none.csv', kind: 'patients' } },
    importRuns: {},
    importRun: { id: ids.maria },
    pauseImport: { id: ids.maria },
    resumeImport: { id: ids.maria },
    importFindings: { id: ids.maria },
    exportFindings: { id: ids.maria },
    clinic: {},
    me: {},
    locations: {},
    doctors: {},
    specialties: {},
    visitTypes: { doctorId: ids.adamou },
    daySchedule: { date: TODAY, locationId: ids.athens, includeCancelled: true },
    slots: { doctorId: ids.adamou, date: TODAY },
    keptSlots: { date: TODAY, locationId: ids.athens },
    nextFree: { visitTypeId: ids.checkUp },
    appointment: { appointmentId: scheduled },
    findPatient: { text: 'papad' },
    patient: { patientId: ids.maria },
    likelyDuplicates: { firstName: 'Maria', lastName: 'Papadopoulou' },
    registerPatient: { firstName: 'Anna', lastName: 'Nikolaou', phone: '6970000001' },
    updatePatient: { patientId: ids.john, set: { city: 'Patras' }, confirmContact: true },
    recordConsent: { patientId: ids.john, kind: 'reminders', given: true },
    possibleDuplicates: {},
    mergePatients: { keptId: ids.john, mergedId: ids.nikos },
    undoMerge: { mergedId: ids.nikos },
    erasePatient: { patientId: ids.john, name: 'John Smith' },
    planSeries: {
      slotId: slotAt(ids.baker, '07:00'),
      rule: { every: 'week', count: 3 },
    },
    bookSeries: {
      slotId: slotAt(ids.baker, '10:00'),
      patientId: ids.nikos,
      rule: { every: 'week', count: 2 },
      visits: [{ slotId: slotAt(ids.baker, '10:00'), at: `${TODAY}T10:00:00.000Z` }],
    },
    series: { appointmentId: inSeries },
    planSeriesChange: { appointmentId: inSeries, scope: 'all', slotId: slotAt(ids.baker, '10:30') },
    changeSeries: {
      appointmentId: inSeries,
      scope: 'all',
      visits: [{ appointmentId: inSeries, slotId: slotAt(ids.baker, '10:30'), at: `${TODAY}T10:30:00.000Z` }],
    },
    cancelSeries: { appointmentId: inSeries, scope: 'this' },
    addToWaitingList: { patientId: ids.nikos },
    updateWaitingListEntry: { entryId: waits, set: { urgent: true } },
    waitingList: {},
    fitsForGap: {
      doctorId: ids.baker,
      locationId: ids.athens,
      start: `${TODAY}T09:00:00.000Z`,
      end: `${TODAY}T09:15:00.000Z`,
    },
    bookFromWaitingList: { entryId: waits, slotId: slotAt(ids.baker, '09:00') },
    checkPlace: { slotId: slotAt(ids.baker, '07:00'), visitTypeId: ids.checkUp },
    hold: { slotId: slotAt(ids.baker, '07:00') },
    release: { holdId: ids.maria },
    book: { slotId: slotAt(ids.baker, '07:00'), patientId: ids.nikos, visitTypeId: ids.checkUp },
    reschedule: { appointmentId: scheduled, slotId: slotAt(ids.baker, '08:00') },
    resize: { appointmentId: scheduled, durationMinutes: 20 },
    cancel: { appointmentId: scheduled, reason: 'Ill' },
    restore: { appointmentId: scheduled },
    checkIn: { appointmentId: scheduled },
    moveOn: { appointmentId: scheduled, to: 'ready' },
    waitingRoom: { locationId: ids.athens },
    callNext: { doctorId: ids.baker, locationId: ids.athens },
    kioskState: {},
    kioskCheckIn: { firstName: 'Maria', lastName: 'Papadopoulou', dateOfBirth: '1980-03-12' },
    leaveKiosk: { pin: '1234' },
    callDisplay: { locationId: ids.athens },
    stations: {},
    setKioskPin: { pin: '1234' },
    openStation: { kind: 'display', locationId: ids.athens },
    closeStations: {},
    callList: { list: 'confirmation', locationId: ids.athens },
    logCall: { list: 'confirmation', id: scheduled, outcome: 'no_answer' },
    takeBackCall: { attemptId: attempt },
    dialCall: { id: dischargeCall, step: 'ringing' },
    cancelCall: { id: dischargeCall, cancelled: true },
    patientCases: { patientId: ids.maria },
    dischargeCase: { callId: dischargeCall },
    addRecall: { patientId: ids.maria, dueOn: '2027-05-24', reason: 'Yearly check' },
    updateRecall: { recallId: recall, set: { status: 'done' } },
    patientRecalls: { patientId: ids.maria },
    confirm: { appointmentId: confirmable },
    unconfirm: { appointmentId: confirmable },
    enterKiosk: { locationId: ids.athens },
    account: { appointmentId: scheduled },
    patientBalance: { patientId: ids.maria },
    setFee: { appointmentId: scheduled, minor: 6000 },
    takePayment: { appointmentId: scheduled, minor: 1000, method: 'cash' },
    refund: { paymentId: paid, minor: 500, method: 'cash' },
    voidPayment: { paymentId: paid },
    receipt: { paymentId: paid },
    takings: { locationId: ids.athens, date: TODAY },
    closeDay: { locationId: ids.athens, date: '2026-11-22', currency: 'EUR', lines: [] },
    cashUps: { locationId: ids.athens },
    cashUp: { cashUpId: cashedUp },
    prescriptions: { patientId: ids.maria },
    savePrescription: { appointmentId: scheduled, instructions: 'Rest.' },
    prescription: { prescriptionId: draft },
    issuePrescription: { prescriptionId: draft },
    replacePrescription: { prescriptionId: draft },
    noShow: { appointmentId: scheduled },
    workingHours: { doctorId: ids.adamou },
    setWorkingHours: { doctorId: ids.adamou, from: TODAY, until: null, stretches: [] },
    exceptions: { from: `${TODAY}T00:00:00.000Z`, to: '2026-11-25T00:00:00.000Z' },
    addException: { kind: 'leave', doctorId: ids.baker, firstDay: TODAY, lastDay: TODAY },
    affectedAppointments: { exceptionId: meeting },
    removeException: { exceptionId: meeting },
    doctorDirectory: { text: 'adam', sort: 'rating' },
    doctorProfile: { doctorId: ids.adamou },
    setUp: {},
    setUpSteps: {},
    updateClinic: { set: { phone: '210 1234567', waitingLimitMinutes: 30 } },
    saveLocation: { name: 'Patras', country: 'Greece', timezone: 'Europe/Athens' },
    saveRoom: { locationId: ids.athens, name: 'Room 3' },
    saveSpecialty: { nameEn: 'Paediatrics', nameEl: 'Παιδιατρική' },
    saveVisitType: { nameEn: 'X-ray', durationMinutes: 20, fee: { minor: 4000, currency: 'EUR' } },
    saveDoctor: { firstName: 'Anna', lastName: 'Nikolaou' },
    setInUse: { what: 'visitType', id: ids.mole, inUse: false },
    arrange: { what: 'doctor', ids: [ids.baker, ids.adamou] },
    startOwnClinic: {
      name: 'Harbour',
      kind: 'human',
      currency: 'EUR',
      location: { name: 'Centre', country: 'Greece', timezone: 'Europe/Athens' },
      doctor: { firstName: 'Anna', lastName: 'Nikolaou' },
    },
    messageThreads: {},
    sendMessage: { appointmentId: scheduled, markdown: 'Please **fast**.' },
    messageThread: { appointmentId: scheduled },
    unreadMessages: {},
    readThread: { threadId: `apt-${scheduled}` },
    editMessage: { messageId: ids.maria, version: 1, markdown: 'x' },
    deleteMessage: { messageId: ids.maria },
    fileState: { attachmentId: ids.maria },
    fetchFile: { attachmentId: ids.maria },
    importMessages: { lines: ['{"_id":1,"thread_id":"t"}', 'x'] },
    exportMessages: {},
    readAudit: {},
    exportAudit: { format: 'csv' },
    conflicts: {},
    resolveConflict: { changeId: ids.maria, choice: 'keep_theirs' },
    outsideProblems: {},
    decideOutside: { id: ids.maria, decision: 'dismiss' },
    outsideLinks: { source: 'idexx' },
    setOutsideLink: {
      source: 'idexx',
      kind: 'provider',
      externalId: '12',
      name: 'Dr Baker',
      doctorId: ids.baker,
      visitTypeId: null,
    },
    calComState: {},
    setCalComKey: { key: null },
    calComEventTypes: {},
    reportNames: {},
    visitTallies: { from: TODAY, to: TODAY },
    takingsTallies: { from: TODAY, to: TODAY, locationId: ids.athens },
    printData: { job: { kind: 'daySheet', date: TODAY, locationId: ids.athens } },
    printable: { appointmentId: scheduled },
    daySheetFiles: {},
    keepDaySheetFiles: { on: false },
    exportCalendar: { locationId: ids.athens, from: TODAY, to: TODAY },
    exportFhir: { locationId: ids.athens, from: TODAY, to: TODAY },
    exportTables: {},
    exportTable: { table: 'patients' },
    exportTableToFolder: { folder: 'not a full path', table: 'patients' },
    backups: {},
    startBackup: { folder: '/tmp', passphrase: 'four plain words here' },
    unsentHere: {},
    exportUnsent: { folder: 'not a full path', passphrase: 'four plain words here' },
    readUnsent: { file: 'not a full path', passphrase: 'four plain words here' },
    importUnsent: { file: 'not a full path', passphrase: 'four plain words here' },
    unsentTaken: {},
    syncState: {},
    undo: {},
    dismissTrouble: { code: 'copy_found', at: '2026-11-24T07:00:00.000Z' },
    workOffline: { offline: true },
  };
  return Object.entries(all) as [CallName, unknown][];
};

describe('every call', () => {
  it('answers with what its contract says', async () => {
    const refused: Partial<Record<CallName, string>> = {
      exportTableToFolder: 'folder_unusable',
      importPreview: 'import_unreadable',
      startImport: 'import_unreadable',
      importRun: 'not_found',
      pauseImport: 'not_found',
      resumeImport: 'not_found',
      importFindings: 'not_found',
      exportFindings: 'not_found',
      // Nobody here sits at a seat, and nobody is signed in.
      signIn: 'not_allowed',
      switchPerson: 'not_allowed',
      myAccount: 'not_signed_in',
      changePassword: 'not_signed_in',
      setPin: 'not_signed_in',
      beginSecondFactor: 'not_signed_in',
      confirmSecondFactor: 'not_signed_in',
      endSecondFactor: 'not_signed_in',
      newRecoveryCodes: 'not_signed_in',
      endMySession: 'not_signed_in',
      firstAdministrator: 'needs_central',
      readCode: 'needs_central',
      redeemCode: 'needs_central',
      inviteStaff: 'needs_central',
      reissueCode: 'needs_central',
      updateStaff: 'needs_central',
      deactivateStaff: 'needs_central',
      reactivateStaff: 'needs_central',
      unlockStaff: 'needs_central',
      staffSessions: 'not_found',
      endStaffSession: 'not_found',
      testMail: 'mail_not_set',
      startBackup: 'no_database_here',
      exportUnsent: 'folder_unusable',
      readUnsent: 'file_unreadable',
      importUnsent: 'file_unreadable',
      kioskCheckIn: 'not_allowed',
      voidPayment: 'not_voidable',
      noShow: 'move_not_allowed',
      startOwnClinic: 'own_central',
      resolveConflict: 'not_found',
      setCalComKey: 'no_keychain',
      calComEventTypes: 'outside_failed',
      decideOutside: 'not_found',
      editMessage: 'not_found',
      deleteMessage: 'not_found',
      fileState: 'not_found',
      fetchFile: 'not_found',
      runIntegration: 'needs_central',
      idexxRuns: 'needs_central',
      idexxCredentials: 'needs_central',
      saveIdexxCredentials: 'no_keychain',
      testIdexxCredentials: 'no_keychain',
      rotateIdexxKey: 'no_keychain',
      revokeIdexxCredentials: 'needs_central',
      clinicDesks: 'needs_central',
      disableDesk: 'needs_central',
      enableDesk: 'needs_central',
      freeKeptSlots: 'needs_central',
      renameDesk: 'needs_central',
      deskSecrets: 'not_ready',
      changeDeskKey: 'not_ready',
      changeDeskPassword: 'not_ready',
      readAudit: 'needs_central',
      exportAudit: 'needs_central',
    };
    for (const [name, input] of sensible()) {
      const result = await dispatch(name, input, receptionist);
      if (!result.ok) {
        expect([name, result.error.code]).toEqual([name, refused[name]]);
        continue;
      }
      // Strict: what the contract does not name does not leave the core.
      const parsed = calls[name].output.safeParse(result.value);
      expect([name, parsed.error?.issues]).toEqual([name, undefined]);
      expect([name, parsed.data]).toEqual([name, result.value]);
    }
  });

  it('needs its right', async () => {
    for (const [name, input] of sensible()) {
      const without = new Set(rights.filter((right) => right !== calls[name].right));
      expect(await dispatch(name, input, { ...receptionist, rights: without })).toMatchObject({
        error: { code: 'not_allowed', details: { right: calls[name].right } },
      });
    }
  });

  it('names the fields of an input that does not fit', async () => {
    const broken: [CallName, unknown, string][] = [
      ['book', { slotId: 'x', patientId: ids.maria }, 'slotId'],
      ['book', { slotId: ids.maria, patientId: ids.maria, overbook: { reason: '' } }, 'overbook.reason'],
      ['registerPatient', { firstName: '', lastName: 'B' }, 'firstName'],
      ['updatePatient', { patientId: ids.maria, set: { email: 'nobody' } }, 'set.email'],
      ['daySchedule', { date: '2026-02-30', locationId: ids.athens }, 'date'],
      ['nextFree', { count: 0 }, 'count'],
      ['moveOn', { appointmentId: ids.maria, to: 'cancelled' }, 'to'],
      // What Postgres cannot store would stop every change behind it.
      ['updatePatient', { patientId: ids.maria, set: { city: 'Pat\0ras' } }, 'set.city'],
      ['updatePatient', { patientId: ids.maria, set: { city: 'Patras \ud83d' } }, 'set.city'],
    ];
    for (const [name, input, path] of broken)
      expect(await dispatch(name, input, receptionist)).toMatchObject({
        error: { code: 'invalid_input', details: { fields: [{ path }] } },
      });
  });
});

describe('the contract', () => {
  it('gives only codes of the closed list', () => {
    for (const name of names)
      for (const code of calls[name].errors) expect([name, code in errorCodes]).toEqual([name, true]);
  });

  it('has a sentence for each code in both languages', () => {
    for (const code of Object.keys(errorCodes)) {
      expect([code, errorsEn]).toEqual([code, expect.objectContaining({ [code]: expect.any(String) })]);
      expect([code, errorsEl]).toEqual([code, expect.objectContaining({ [code]: expect.any(String) })]);
    }
  });

  it('can be printed whole as JSON Schema', () => {
    const printed = JSON.parse(JSON.stringify(describeCalls()));
    expect(printed.calls.map(({ name }: { name: string }) => name)).toEqual(names);
    for (const call of printed.calls) {
      expect(call).toMatchObject({
        summary: expect.any(String),
        right: expect.any(String),
        output: { $schema: expect.any(String) },
      });
      // One object, or one of several.
      for (const input of call.input.oneOf ?? [call.input])
        expect([call.name, input.type]).toEqual([call.name, 'object']);
    }
  });
});
