import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPatient } from '../../src-main/core/patients/find.ts';
import { patient } from '../../src-main/core/patients/history.ts';
import { removeRow } from '../../src-main/core/replica/rows.ts';
import { rebuildSearch } from '../../src-main/core/replica/search.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const find = (text: string, limit = 12): string[] => {
  const found = findPatient(desk, receptionist, { text, limit });
  if (!found.ok) throw new Error(found.error.code);
  return found.value.map(({ id }) => id);
};

let added = 0;
const add = (firstName: string, lastName: string, more = {}): string => {
  added += 1;
  const id = `0192f000-0050-7000-8000-${String(added).padStart(12, '0')}`;
  desk.put(patients, { id, firstName, lastName, ...more });
  return id;
};

describe('finding a patient', () => {
  it.each([
    'papad',
    'ΠΑΠΑΔ',
    'παπαδόπ',
    'μαρια',
    'Μαρία Παπαδοπούλου',
    'papadopoulou maria',
    'pa ma',
    'papadopulu',
    'papadopo',
  ])('Μαρία Παπαδοπούλου comes for “%s”', (text) => expect(find(text)).toEqual([ids.maria]));

  it('each thing that a patient is found by may change, and is then found anew and no longer by what it was', () => {
    const owner = add('Ioanna', 'Vlachou');
    const id = add('Petros', 'Zervas', {
      phone: '2107654321',
      email: 'someone@z.example',
      dateOfBirth: '1970-02-03',
    });
    const changes: [set: object, before: string, after: string][] = [
      [{ notes: 'Nothing to be found by' }, 'petros', 'zervas'],
      [{ firstName: 'Pavlos' }, 'petros', 'pavlos'],
      [{ lastName: 'Kallergis' }, 'zervas', 'kallergis'],
      [{ phone: '2101112223' }, '2107654321', '2101112223'],
      [{ email: 'other@k.example' }, 'someone@z.example', 'other@k.example'],
      [{ dateOfBirth: '1971-04-05' }, '3/2/1970', '5/4/1971'],
      [{ ownerId: owner }, 'nobody', 'vlachou'],
    ];
    let row: object = {
      firstName: 'Petros',
      lastName: 'Zervas',
      phone: '2107654321',
      email: 'someone@z.example',
      dateOfBirth: '1970-02-03',
    };
    for (const [set, before, after] of changes) {
      row = { ...row, ...set };
      desk.put(patients, { id, ...row });
      if (!('notes' in set)) expect(find(before), before).not.toContain(id);
      expect(find(after), after).toContain(id);
    }
    desk.put(patients, { id, ...row, deletedAt: '2026-11-24T08:00:00.000Z' });
    expect(find('kallergis')).not.toContain(id);
  });

  it('two letters are enough, and so is one', () => {
    expect(find('ma')).toEqual([ids.maria]);
    expect(find('m')).toEqual([ids.maria]);
  });

  it('a Greek name comes for each way to write it in Latin letters', () => {
    const giorgos = add('Γιώργος', 'Γεωργίου');
    for (const text of ['giorgos', 'yiorgos', 'georgiou', 'giwrgos', 'γιωργος', 'GEORG'])
      expect(find(text)).toContain(giorgos);
    const christos = add('Χρήστος', 'Μπακογιάννης');
    for (const text of ['christos', 'hristos', 'xristos', 'bakog', 'mpakog', 'bakoyannis'])
      expect(find(text)).toContain(christos);
  });

  it('a phone number comes by its last digits, three at least, with the country or without', () => {
    for (const text of [
      '3456',
      '456',
      '412 3456',
      '6944123456',
      '+306944123456',
      '00306944123456',
      'papad 3456',
    ])
      expect(find(text)).toEqual([ids.maria]);
    expect(find('56')).toEqual([]);
    expect(find('6944')).toEqual([]);
  });

  it('a birth date comes in any common format, alone and with a name', () => {
    for (const text of [
      '12/3/1980',
      '12.3.80',
      '1980-03-12',
      '12 Mar 1980',
      '12 Μαρ 1980',
      'maria 12/3/1980',
    ])
      expect(find(text)).toEqual([ids.maria]);
    expect(find('john 12/3/1980')).toEqual([]);
  });

  it('an e-mail address comes by its beginning', () => {
    for (const text of ['maria.p@', 'maria.p@example.com', 'MARIA.P@ex', 'mariap'])
      expect(find(text)).toEqual([ids.maria]);
    expect(find('nobody@example.com')).toEqual([]);
  });

  it('an animal comes by its owner, and the owner stands before it', () => {
    expect(find('smith')).toEqual([ids.john, ids.rex]);
    expect(find('john')).toEqual([ids.john, ids.rex]);
    expect(find('rex john')).toEqual([ids.rex]);
    expect(find('0958')).toEqual([ids.john, ids.rex]);
  });

  it('a letter too many, too few, wrong or swapped still finds', () => {
    for (const text of ['papadoppoulou', 'papdopoulou', 'pakadopoulou', 'paapdopoulou', 'konstantinuo'])
      expect(find(text)).toHaveLength(1);
  });

  it('whole words stand before beginnings, spelling before sound', () => {
    const mari = add('Mari', 'Zed');
    const marina = add('Marina', 'Abel');
    expect(find('mari')).toEqual([mari, marina, ids.maria]);
    const vaso = add('Βάσω', 'Ζ');
    const faso = add('Faso', 'Alpha');
    expect(find('vaso')).toEqual([vaso, faso]);
  });

  it('a name of two letters is not lost among many that begin with them', () => {
    for (let n = 0; n < 300; n += 1) add(`Lina${n}`, 'Aardvark');
    const li = add('Wei', 'Li');
    expect(find('li')[0]).toBe(li);
  });

  it('nothing typed finds nothing, and no text is an error', () => {
    for (const text of [
      '',
      '   ',
      '-',
      '"',
      '*',
      'a" OR "b',
      'NEAR(',
      '()',
      "'; drop table patients",
      '@',
      '😀',
    ])
      find(text);
    expect(find('')).toEqual([]);
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => find(text).length <= 12));
  });

  it('every beginning of every name, in Greek or Latin letters, finds its patient', () => {
    const names = ['Παπαδοπούλου', 'Μαρία', 'Κωνσταντίνου', 'Νίκος', 'John', 'Smith', 'Rex'];
    const owners = [ids.maria, ids.maria, ids.nikos, ids.nikos, ids.john, ids.john, ids.rex];
    for (const [index, name] of names.entries())
      for (let length = 1; length <= name.length; length += 1)
        expect(find(name.slice(0, length))).toContain(owners[index]);
  });
});

describe('the index', () => {
  it('follows a changed name, also of an owner', () => {
    const row = desk.replica.orm
      .select()
      .from(patients)
      .all()
      .find(({ id }) => id === ids.john);
    desk.put(patients, { ...row, lastName: 'Brown', phone: '111 222 333' });
    expect(find('brown')).toEqual([ids.john, ids.rex]);
    expect(find('0958')).toEqual([]);
    expect(find('2333')).toEqual([ids.john, ids.rex]);
    expect(find('john smith')).toEqual([ids.rex]);
  });

  it('has no deleted, merged or removed patients', () => {
    expect(find('away')).toEqual([]);
    expect(find('maria')).not.toContain(ids.merged);
    removeRow(desk.replica, 'patients', ids.rex);
    expect(find('rex')).toEqual([]);
  });

  it('made anew is the same', () => {
    const questions = ['ma', 'smith', '3456', '12/3/1980', 'rex', 'maria.p@', 'papdopoulou'];
    const before = questions.map((text) => find(text));
    rebuildSearch(desk.replica.db);
    expect(questions.map((text) => find(text))).toEqual(before);
  });

  it('follows a change that is written and one that is rolled back', () => {
    const { db } = desk.replica;
    expect(() =>
      db.transaction(() => {
        add('Phantom', 'Patient');
        throw new Error('rolled back');
      })(),
    ).toThrow('rolled back');
    expect(find('phantom')).toEqual([]);
  });
});

it('a record comes with its appointments, newest first', () => {
  const old = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: '2025-01-01T08:00:00.000Z',
    status: 'completed',
  });
  const recent = desk.putAppointment({
    doctorId: ids.baker,
    patientId: ids.maria,
    start: '2026-11-25T08:00:00.000Z',
  });
  const found = patient(desk, receptionist, { patientId: ids.maria });
  expect(found).toMatchObject({ value: { patient: { id: ids.maria, gender: 'female', contactDue: false } } });
  expect(found.ok && found.value.appointments.map(({ id }) => id)).toEqual([recent, old]);
  expect(patient(desk, receptionist, { patientId: ids.merged })).toMatchObject({
    value: { patient: { id: ids.maria } },
  });
  expect(patient(desk, receptionist, { patientId: ids.deleted })).toMatchObject({
    error: { code: 'not_found' },
  });
});
