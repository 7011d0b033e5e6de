import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordConsent } from '../../src-main/core/patients/consents.ts';
import { patient } from '../../src-main/core/patients/history.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const record = (given: boolean) =>
  must(recordConsent(desk, receptionist, { patientId: ids.maria, kind: 'reminders', given }));
const page = (patientId: string) => must(patient(desk, receptionist, { patientId }));
const reminders = () => page(ids.maria).consents.find(({ kind }) => kind === 'reminders');

describe('what a patient says to something', () => {
  it('is not known until it is asked', () => {
    expect(page(ids.maria).consents.map(({ kind, given }) => [kind, given])).toEqual([
      ['treatment', null],
      ['data_processing', null],
      ['reminders', null],
      ['marketing', null],
    ]);
  });

  it('counts as it was said last, and what was said before stays written', () => {
    record(true);
    desk.setNow('2026-11-24T08:00:00.000Z');
    expect(record(false)).toMatchObject({ given: false, decidedAt: '2026-11-24T08:00:00.000Z' });
    expect(reminders()?.given).toBe(false);
    expect(desk.waiting()).toMatchObject([
      { kind: 'recordConsent', rows: [{ table: 'patient_consents', insert: { given: true } }] },
      { kind: 'recordConsent', rows: [{ table: 'patient_consents', insert: { given: false } }] },
    ]);
  });

  it('is written once when the same is said twice', () => {
    record(true);
    record(true);
    expect(desk.waiting()).toHaveLength(1);
  });
});

it('how to reach a patient, and in which language, is kept with the record', () => {
  const set = { contactPreference: 'sms' as const, preferredLanguage: 'el' as const };
  must(updatePatient(desk, receptionist, { patientId: ids.maria, set, confirmContact: false }));
  expect(page(ids.maria).patient).toMatchObject(set);
});

describe('an animal with an owner who is new too', () => {
  const animal = { firstName: 'Fido', lastName: 'Nikolaou', species: 'Dog' };
  const owner = { firstName: 'Anna', lastName: 'Nikolaou', phone: '6970000001' };

  it('is registered in one change, and each is found from the other', () => {
    const fido = must(registerPatient(desk, receptionist, { ...animal, owner, saveAnyway: false }));
    expect(desk.waiting()).toMatchObject([{ kind: 'registerPatient', rows: [{}, {}] }]);
    expect(fido.owner).toMatchObject({ name: 'Anna Nikolaou', phone: '6970000001' });
    expect(page(fido.owner?.id ?? '').animals).toMatchObject([{ id: fido.id, firstName: 'Fido' }]);
  });

  it('is asked about when the owner is much like somebody who is here', () => {
    const known = { firstName: 'Jon', lastName: 'Smith', phone: '02079460958' };
    expect(registerPatient(desk, receptionist, { ...animal, owner: known, saveAnyway: false })).toMatchObject(
      {
        error: {
          code: 'likely_duplicate',
          details: { of: 'owner', candidates: [{ patient: { id: ids.john } }] },
        },
      },
    );
    expect(desk.waiting()).toEqual([]);
  });
});
