import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MergeField } from '../../src-main/contract/patient.ts';
import { recordConsent } from '../../src-main/core/patients/consents.ts';
import { findPatient } from '../../src-main/core/patients/find.ts';
import { patient } from '../../src-main/core/patients/history.ts';
import { findDuplicates } from '../../src-main/core/patients/likely-duplicates.ts';
import { mergePatients, undoMerge } from '../../src-main/core/patients/merge.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { rebuildSearch } from '../../src-main/core/replica/search.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
/** A second record of Maria, in Latin letters, with another phone and an e-mail address. */
const second = '0192f000-0060-7000-8000-000000000001';
const fido = '0192f000-0060-7000-8000-000000000002';

beforeEach(() => {
  desk = clinicDesk();
  desk.put(patients, {
    id: second,
    firstName: 'Mary',
    lastName: 'Papas',
    phone: '+30 210 999 8877',
    email: 'mary@example.com',
    notes: 'Prefers mornings.',
  });
});
afterEach(() => desk.dispose());

const merge = (keptId: string, mergedId: string, take: MergeField[] = []) =>
  mergePatients(desk, receptionist, { keptId, mergedId, take });
const undo = (mergedId: string) => undoMerge(desk, receptionist, { mergedId });
const page = (patientId: string) => must(patient(desk, receptionist, { patientId }));
const find = (text: string) => must(findPatient(desk, receptionist, { text, limit: 12 })).map(({ id }) => id);

describe('two records of one person, merged', () => {
  it('are found once, as the kept one, by the names and numbers of both', () => {
    must(merge(ids.maria, second));
    for (const text of ['papadopoulou', 'mary', '9998877', '3456', 'mary@example.com'])
      expect(find(text)).toEqual([ids.maria]);
    rebuildSearch(desk.replica.db);
    for (const text of ['papadopoulou', 'mary', '9998877']) expect(find(text)).toEqual([ids.maria]);
  });

  it('have one page with the appointments, consents and preferences of both', () => {
    const own = { doctorId: ids.adamou, status: 'completed' };
    desk.putAppointment({ ...own, patientId: ids.maria, start: '2026-01-05T08:00:00.000Z' });
    desk.putAppointment({ ...own, patientId: second, start: '2026-02-05T08:00:00.000Z' });
    must(recordConsent(desk, receptionist, { patientId: second, kind: 'reminders', given: true }));
    must(merge(ids.maria, second, ['notes']));
    const both = page(second);
    expect(both.patient).toMatchObject({
      id: ids.maria,
      notes: 'Prefers mornings.',
      phone: '+30 694 412 3456',
    });
    expect(both.appointments).toHaveLength(2);
    expect(both.consents.find(({ kind }) => kind === 'reminders')?.given).toBe(true);
    expect(both.merged).toMatchObject([{ patient: { id: second, firstName: 'Mary' } }]);
  });

  it('what a booking of the merged record says is what the kept one says', () => {
    const id = desk.putAppointment({
      doctorId: ids.adamou,
      patientId: second,
      start: '2026-11-24T08:00:00.000Z',
    });
    must(merge(ids.maria, second));
    expect(page(ids.maria).appointments).toMatchObject([
      { id, patient: { id: ids.maria, firstName: 'Μαρία' } },
    ]);
  });

  it('give the kept one what was chosen, and its e-mail address leaves the merged one', () => {
    expect(must(merge(ids.maria, second, ['phone', 'email', 'firstName']))).toMatchObject({
      firstName: 'Mary',
      lastName: 'Παπαδοπούλου',
      phone: '+30 210 999 8877',
      email: 'mary@example.com',
      contactDue: true,
    });
    expect(desk.waiting()).toMatchObject([
      {
        kind: 'mergePatients',
        rows: [
          { table: 'patient_merges', insert: { kept_id: ids.maria, merged_id: second } },
          { id: second, set: { merged_into_id: ids.maria, email: null } },
          { id: ids.maria, set: { phone: '+30 210 999 8877', email: 'mary@example.com' } },
        ],
      },
    ]);
  });

  it('are looked at by both when somebody is registered', () => {
    must(merge(ids.maria, second));
    const twin = findDuplicates(desk, { firstName: 'Mary', lastName: 'Pappas', phone: '2109998877' });
    expect(twin.map(({ patient: { id } }) => id)).toEqual([ids.maria]);
  });

  it('may have the e-mail address of either, and nobody else may', () => {
    must(merge(ids.maria, second));
    const set = { email: 'mary@example.com' };
    expect(
      updatePatient(desk, receptionist, { patientId: ids.john, set, confirmContact: false }),
    ).toMatchObject({
      error: { code: 'email_in_use' },
    });
    expect(
      must(updatePatient(desk, receptionist, { patientId: ids.maria, set, confirmContact: false })).email,
    ).toBe('mary@example.com');
  });
});

describe('taken apart', () => {
  it('both records are as they were, and what names them', () => {
    const before = [page(ids.maria), page(second)];
    must(merge(ids.maria, second, ['phone', 'email', 'notes', 'lastName']));
    must(undo(second));
    expect([page(ids.maria), page(second)]).toEqual(before);
    expect(find('mary papas')[0]).toBe(second);
    expect(find('9998877')).toEqual([second]);
    expect(find('papadop')).toEqual([ids.maria]);
  });

  it('what somebody changed since stays', () => {
    must(merge(ids.maria, second, ['phone', 'notes']));
    const set = { notes: 'Allergic to latex.' };
    must(updatePatient(desk, receptionist, { patientId: ids.maria, set, confirmContact: false }));
    must(undo(second));
    expect(page(ids.maria).patient).toMatchObject({ notes: 'Allergic to latex.', phone: '+30 694 412 3456' });
    expect(page(second).patient).toMatchObject({ notes: 'Prefers mornings.' });
  });

  it('not while the kept record was itself merged', () => {
    must(merge(ids.maria, second));
    must(merge(ids.nikos, ids.maria));
    expect(page(second).patient.id).toBe(ids.nikos);
    expect(find('mary')).toEqual([ids.nikos]);
    expect(undo(second)).toMatchObject({
      error: { code: 'merge_not_allowed', details: { reason: 'built_on' } },
    });
    must(undo(ids.maria));
    must(undo(second));
    expect(undo(second)).toMatchObject({ error: { code: 'not_found' } });
  });

  it('not when somebody else has the e-mail address by now', () => {
    must(merge(ids.maria, second, ['email']));
    const set = (email: string | null) => ({ set: { email }, confirmContact: false });
    must(updatePatient(desk, receptionist, { patientId: ids.maria, ...set(null) }));
    must(updatePatient(desk, receptionist, { patientId: ids.john, ...set('mary@example.com') }));
    expect(undo(second)).toMatchObject({ error: { code: 'email_in_use' } });
  });
});

describe('no merge', () => {
  it('of a record with itself, of one that is gone, or of one that was merged before', () => {
    expect(merge(ids.maria, ids.maria)).toMatchObject({ error: { details: { reason: 'itself' } } });
    expect(merge(ids.maria, ids.deleted)).toMatchObject({ error: { code: 'not_found' } });
    expect(merge(ids.maria, ids.merged)).toMatchObject({ error: { code: 'not_found' } });
    expect(merge(ids.merged, ids.john)).toMatchObject({ error: { code: 'not_found' } });
  });

  it('of an animal with a person, or of animals of two owners', () => {
    desk.put(patients, { id: fido, firstName: 'Rex', lastName: 'K', species: 'Dog', ownerId: ids.nikos });
    expect(merge(ids.john, ids.rex)).toMatchObject({ error: { details: { reason: 'animal_and_person' } } });
    expect(merge(ids.rex, fido)).toMatchObject({ error: { details: { reason: 'other_owner' } } });
  });
});

describe('owners who are merged', () => {
  it('bring their animals together, which may then be merged too', () => {
    desk.put(patients, { id: fido, firstName: 'Rexy', lastName: 'K', species: 'Dog', ownerId: ids.nikos });
    must(merge(ids.john, ids.nikos));
    expect(page(ids.john).animals.map(({ id }) => id)).toEqual([ids.rex, fido]);
    expect(page(fido).patient.owner).toMatchObject({ id: ids.john, name: 'John Smith' });
    expect(find('0958')).toEqual(expect.arrayContaining([ids.john, ids.rex, fido]));
    expect(find('1112223')).toEqual(expect.arrayContaining([ids.john, ids.rex, fido]));
    must(merge(ids.rex, fido));
    must(undo(fido));
    must(undo(ids.nikos));
    expect(page(ids.john).animals.map(({ id }) => id)).toEqual([ids.rex]);
    expect(page(ids.nikos).animals.map(({ id }) => id)).toEqual([fido]);
    expect(find('0958')).toEqual([ids.john, ids.rex]);
  });
});
