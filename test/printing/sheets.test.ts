import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Right } from '../../src-main/contract/calls.ts';
import type { PrintJob } from '../../src-main/contract/printing.ts';
import { printData } from '../../src-main/core/printing/print-data.ts';
import { printable } from '../../src-main/core/printing/printable.ts';
import {
  cashUps,
  patients,
  payments,
  prescriptions,
  users,
} from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
let appointmentId: string;
const id = (n: number): string => `0192f000-0041-7000-8000-${String(n).padStart(12, '0')}`;
beforeEach(() => {
  desk = clinicDesk();
  appointmentId = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    visitTypeId: ids.checkUp,
    roomId: ids.room1,
    start: `${TODAY}T07:00:00.000Z`,
    minutes: 30,
    reason: 'Palpitations',
    notes: 'Bring results',
    confirmedAt: `${TODAY}T06:00:00.000Z`,
  });
  desk.put(users, {
    id: ids.receptionist,
    email: 'desk@example.com',
    displayName: 'Front desk 1',
    role: 'receptionist',
  });
});
afterEach(() => desk.dispose());

const pay = (n: number, row: object) =>
  desk.put(payments, {
    id: id(n),
    appointmentId,
    amountCents: 5000,
    currency: 'EUR',
    method: 'cash',
    status: 'paid',
    kind: 'payment',
    locationId: ids.athens,
    businessDay: TODAY,
    paidAt: `${TODAY}T07:40:00.000Z`,
    takenBy: ids.receptionist,
    ...row,
  });
const prescribe = (n: number, row: object) =>
  desk.put(prescriptions, {
    id: id(n),
    appointmentId,
    doctorId: ids.adamou,
    patientId: ids.maria,
    instructions: 'Παρακεταμόλη 500 mg',
    status: 'issued',
    issuedAt: `${TODAY}T07:30:00.000Z`,
    ...row,
  });
const sheet = (job: PrintJob) => must(printData(desk, receptionist, { job }));

describe('a day sheet', () => {
  it('has every doctor of the location with who comes, and their own clock', () => {
    desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.rex,
      start: `${TODAY}T08:00:00.000Z`,
      status: 'arrived',
    });
    desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.john,
      start: `${TODAY}T09:00:00.000Z`,
      status: 'cancelled',
    });
    expect(sheet({ kind: 'daySheet', date: TODAY, locationId: ids.athens })).toMatchObject({
      date: TODAY,
      letterhead: {
        clinic: { en: 'Harbour Clinic', el: 'Κλινική Λιμάνι' },
        location: { en: 'Athens', el: 'Αθήνα' },
        address: '1 Quay Street, Athens',
        phone: '+30 210 1234567',
        timezone: 'Europe/Athens',
      },
      doctors: [
        {
          doctorId: ids.adamou,
          name: { en: 'Dr Adamou', el: 'Δρ Αδάμου' },
          lines: [
            {
              start: `${TODAY}T07:00:00.000Z`,
              patient: { name: 'Μαρία Παπαδοπούλου', phone: '+30 694 412 3456', dateOfBirth: '1980-03-12' },
              visitType: { en: 'Check-up', el: 'Έλεγχος' },
              room: { en: 'Room 1', el: 'Δωμάτιο 1' },
              reason: 'Palpitations',
              notes: 'Bring results',
              status: 'scheduled',
              confirmed: true,
            },
            // An animal is reached by its owner.
            {
              patient: {
                name: 'Rex Smith',
                owner: 'John Smith',
                phone: '020 7946 0958',
                species: 'Dog, Collie',
              },
            },
          ],
        },
        { doctorId: ids.baker, lines: [] },
      ],
    });
  });
});

describe('an appointment card', () => {
  it('speaks the language that the patient asked for', () => {
    desk.put(patients, {
      id: ids.maria,
      firstName: 'Μαρία',
      lastName: 'Παπαδοπούλου',
      preferredLanguage: 'el',
    });
    expect(sheet({ kind: 'card', appointmentId })).toMatchObject({
      language: 'el',
      doctor: { en: 'Dr Adamou' },
      specialty: { en: 'Cardiology' },
      patient: { name: 'Μαρία Παπαδοπούλου' },
      cancelled: false,
    });
  });
});

describe('a receipt', () => {
  it('keeps the number that was printed offline beside the one that central gave', () => {
    pay(1, { provisionalNumber: 'FD1-0003' });
    expect(sheet({ kind: 'receipt', paymentId: id(1) })).toMatchObject({
      number: null,
      provisionalNumber: 'FD1-0003',
    });
    pay(1, { provisionalNumber: 'FD1-0003', receiptNumber: 42 });
    expect(sheet({ kind: 'receipt', paymentId: id(1) })).toMatchObject({
      number: 42,
      provisionalNumber: 'FD1-0003',
      payment: 'payment',
      amount: { minor: 5000, currency: 'EUR' },
      takenBy: 'Front desk 1',
      takesBack: null,
      visitAt: `${TODAY}T07:00:00.000Z`,
    });
  });

  it('of a refund names the receipt that it takes back', () => {
    pay(1, { receiptNumber: 42 });
    pay(2, { receiptNumber: 43, kind: 'refund', refundsPaymentId: id(1), note: 'Paid twice' });
    expect(sheet({ kind: 'receipt', paymentId: id(2) })).toMatchObject({
      payment: 'refund',
      takesBack: { number: 42, provisionalNumber: null },
      note: 'Paid twice',
    });
  });
});

describe('a prescription', () => {
  it('says whether it is only a draft, and which one it replaces', () => {
    prescribe(1, {});
    prescribe(2, { status: 'draft', replacesId: id(1), issuedAt: `${TODAY}T08:00:00.000Z` });
    expect(sheet({ kind: 'prescription', prescriptionId: id(2) })).toMatchObject({
      status: 'draft',
      replacesIssuedAt: `${TODAY}T07:30:00.000Z`,
      instructions: 'Παρακεταμόλη 500 mg',
      doctor: { el: 'Δρ Αδάμου' },
    });
  });
});

describe('other sheets', () => {
  it('are a label that tells two patients of one name apart, and the closed day', () => {
    desk.put(cashUps, {
      id: id(9),
      locationId: ids.athens,
      businessDay: TODAY,
      currency: 'EUR',
      lines: [{ method: 'cash', expected: 5000, counted: 4900 }],
      closedAt: `${TODAY}T18:00:00.000Z`,
      closedBy: ids.receptionist,
    });
    expect(sheet({ kind: 'label', patientId: ids.maria })).toMatchObject({
      code: ids.maria.slice(-8).toUpperCase(),
    });
    expect(sheet({ kind: 'cashUp', cashUpId: id(9) })).toMatchObject({
      closedBy: 'Front desk 1',
      lines: [{ method: 'cash', expected: 5000, counted: 4900 }],
    });
  });
});

describe('what may be printed', () => {
  it('is offered for the chosen appointment, newest papers first', () => {
    pay(1, { receiptNumber: 42 });
    pay(2, { receiptNumber: 43, kind: 'refund', refundsPaymentId: id(1), paidAt: `${TODAY}T08:00:00.000Z` });
    pay(3, { status: 'failed' });
    prescribe(4, {});
    expect(must(printable(desk, receptionist, { appointmentId }))).toMatchObject({
      card: true,
      label: { patientId: ids.maria },
      receipts: [{ number: 43, payment: 'refund' }, { number: 42 }],
      prescriptions: [{ prescriptionId: id(4) }],
    });
    expect(must(printable(desk, receptionist, { patientId: ids.maria }))).toMatchObject({
      card: false,
      label: { patientId: ids.maria },
      receipts: [{ number: 43 }, { number: 42 }],
      prescriptions: [{ prescriptionId: id(4) }],
    });
    expect(printable(desk, receptionist, {})).toMatchObject({ error: { code: 'not_found' } });
  });

  it('needs the right to read what stands on the paper', () => {
    pay(1, {});
    prescribe(2, {});
    const needed: [PrintJob, Right][] = [
      [{ kind: 'daySheet', date: TODAY, locationId: ids.athens }, 'patients.read'],
      [{ kind: 'card', appointmentId }, 'patients.read'],
      [{ kind: 'receipt', paymentId: id(1) }, 'payments.read'],
      [{ kind: 'prescription', prescriptionId: id(2) }, 'prescriptions.read'],
      [{ kind: 'label', patientId: ids.maria }, 'patients.read'],
      [{ kind: 'cashUp', cashUpId: id(3) }, 'payments.read'],
    ];
    for (const [job, right] of needed) {
      const rights = new Set([...receptionist.rights].filter((one) => one !== right));
      expect(printData(desk, { ...receptionist, rights }, { job })).toMatchObject({
        error: { code: 'not_allowed', details: { right } },
      });
    }
    const rights = new Set<Right>(['schedule.read']);
    expect(must(printable(desk, { ...receptionist, rights }, { appointmentId }))).toEqual({
      card: false,
      label: null,
      receipts: [],
      prescriptions: [],
    });
  });

  it('is told as gone when it is not here', () => {
    for (const job of [
      { kind: 'daySheet', date: TODAY, locationId: ids.maria },
      { kind: 'card', appointmentId: ids.maria },
      { kind: 'receipt', paymentId: ids.maria },
      { kind: 'prescription', prescriptionId: ids.maria },
      { kind: 'label', patientId: ids.clinic },
      { kind: 'cashUp', cashUpId: ids.maria },
    ] as const)
      expect(printData(desk, receptionist, { job })).toMatchObject({ error: { code: 'not_found' } });
  });
});
