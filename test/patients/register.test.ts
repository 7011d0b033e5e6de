import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallInput, calls } from '../../src-main/contract/calls.ts';
import { findPatient } from '../../src-main/core/patients/find.ts';
import { likelyDuplicates } from '../../src-main/core/patients/likely-duplicates.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const register = (input: CallInput<'registerPatient'>) =>
  registerPatient(desk, receptionist, calls.registerPatient.input.parse(input));
const update = (patientId: string, set: CallInput<'updatePatient'>['set'], confirmContact = false) =>
  updatePatient(desk, receptionist, calls.updatePatient.input.parse({ patientId, set, confirmContact }));

describe('registering', () => {
  it('name and phone suffice, and the patient is found at once', () => {
    const saved = register({ firstName: 'Άννα', lastName: 'Νικολάου', phone: '6970000001', city: '' });
    expect(saved).toMatchObject({
      ok: true,
      value: { contactDue: true, city: null, contactConfirmedAt: null },
    });
    const found = findPatient(desk, receptionist, { text: 'nikolaou', limit: 5 });
    expect(found).toMatchObject({ value: [{ firstName: 'Άννα' }] });
    expect(desk.waiting()).toMatchObject([
      { kind: 'registerPatient', rows: [{ insert: { last_name: 'Νικολάου' } }] },
    ]);
  });

  it('phone and address that were just given count as confirmed', () =>
    expect(
      register({ firstName: 'A', lastName: 'B', phone: '6970000001', address: '2 Hill Road' }),
    ).toMatchObject({
      value: { contactDue: false, contactConfirmedAt: desk.now() },
    }));

  it('a likely duplicate is shown before saving, and saved anyway on demand', () => {
    const again = { firstName: 'Maria', lastName: 'Papadopoulou', phone: '6944123456' };
    expect(register(again)).toMatchObject({
      error: {
        code: 'likely_duplicate',
        details: { candidates: [{ patient: { id: ids.maria }, grounds: ['name', 'phone'] }] },
      },
    });
    expect(desk.waiting()).toEqual([]);
    expect(register({ ...again, saveAnyway: true }).ok).toBe(true);
  });

  it('an e-mail address of another patient is refused, in whatever case', () => {
    const refused = { error: { code: 'email_in_use', details: { email: 'MARIA.P@example.com' } } };
    expect(
      register({ firstName: 'A', lastName: 'B', email: 'MARIA.P@example.com', saveAnyway: true }),
    ).toMatchObject(refused);
    expect(update(ids.john, { email: 'MARIA.P@example.com' })).toMatchObject(refused);
    expect(update(ids.maria, { email: 'MARIA.P@example.com' }).ok).toBe(true);
  });

  it('an animal has a person for an owner, and two animals of one owner are two', () => {
    const animal = { firstName: 'Max', lastName: 'Smith', species: 'Dog' };
    expect(register({ ...animal, ownerId: ids.rex })).toMatchObject({
      error: { code: 'not_found', details: { what: 'owner' } },
    });
    expect(register({ ...animal, ownerId: ids.deleted })).toMatchObject({ error: { code: 'not_found' } });
    expect(register({ ...animal, ownerId: ids.john })).toMatchObject({
      value: { owner: { name: 'John Smith' } },
    });
    expect(register({ ...animal, firstName: 'Rex', ownerId: ids.john })).toMatchObject({
      error: { details: { candidates: [{ patient: { id: ids.rex } }] } },
    });
  });
});

describe('likely duplicates of what is being typed', () => {
  const of = (input: CallInput<'likelyDuplicates'>) => {
    const found = likelyDuplicates(desk, receptionist, calls.likelyDuplicates.input.parse(input));
    return found.ok ? found.value.map(({ patient }) => patient.id) : found.error;
  };

  it('come by name, by name with a slip, and by a short name with phone and birth date', () => {
    expect(of({ firstName: 'Maria', lastName: 'Papadopoulou' })).toEqual([ids.maria]);
    expect(of({ firstName: 'Marria', lastName: 'Papadopulu' })).toEqual([ids.maria]);
    expect(
      of({ firstName: 'Mary', lastName: 'Papadopoulou', phone: '6944123456', dateOfBirth: '1980-03-12' }),
    ).toEqual([ids.maria]);
  });

  it('are none while too little is typed', () => {
    expect(of({})).toEqual([]);
    expect(of({ lastName: 'Papadopoulou' })).toEqual([]);
  });
});

describe('updating', () => {
  it('sets the named fields, clears emptied ones and leaves the rest', () => {
    expect(update(ids.maria, { city: 'Patras', address: '' })).toMatchObject({
      value: { city: 'Patras', address: null, phone: '+30 694 412 3456', contactDue: true },
    });
    expect(desk.waiting()).toMatchObject([
      {
        kind: 'updatePatient',
        rows: [{ set: { city: 'Patras', address: null }, was: { city: 'Athens', address: '1 Hill Road' } }],
      },
    ]);
  });

  it('what changes nothing sends nothing', () => {
    update(ids.maria, { city: 'Athens' });
    expect(desk.waiting()).toEqual([]);
  });

  it('confirms contact in the same change, for an animal on its owner’s record', () => {
    update(ids.nikos, { address: '3 Hill Road' }, true);
    update(ids.rex, { breed: 'Poodle' }, true);
    expect(desk.waiting()).toMatchObject([
      { rows: [{ id: ids.nikos, set: { address: '3 Hill Road', contact_confirmed_at: desk.now() } }] },
      { rows: [{ id: ids.rex }, { id: ids.john, set: { contact_confirmed_at: desk.now() } }] },
    ]);
  });

  it('nobody owns themselves, and a record that is gone is not changed', () => {
    expect(update(ids.john, { ownerId: ids.john })).toMatchObject({ error: { code: 'not_found' } });
    expect(update(ids.deleted, { city: 'X' })).toMatchObject({
      error: { code: 'not_found', details: { what: 'patient' } },
    });
  });
});
