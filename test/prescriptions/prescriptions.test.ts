import { afterEach, beforeEach, expect, test } from 'vitest';
import { prescriptions } from '../../src-main/core/prescriptions/read.ts';
import {
  issuePrescription,
  replacePrescription,
  savePrescription,
  takeBackPrescription,
} from '../../src-main/core/prescriptions/write.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
let appointmentId: string;
beforeEach(() => {
  desk = clinicDesk();
  appointmentId = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: `${TODAY}T07:00:00.000Z`,
    status: 'in_room',
  });
});
afterEach(() => desk.dispose());

const save = (instructions: string, prescriptionId?: string) =>
  savePrescription(desk, receptionist, { appointmentId, instructions, prescriptionId });
const issue = (prescriptionId: string) => issuePrescription(desk, receptionist, { prescriptionId });
const replace = (prescriptionId: string) => replacePrescription(desk, receptionist, { prescriptionId });
const listed = () => must(prescriptions(desk, receptionist, { patientId: ids.maria }));

test('a prescription is written for the doctor and patient of its appointment, over and over until it is issued', () => {
  const draft = must(save('Rest.'));
  expect(draft).toMatchObject({
    status: 'draft',
    doctorId: ids.adamou,
    doctorName: { en: 'Dr Adamou' },
    patient: { id: ids.maria },
    provisional: true,
  });
  expect(must(save('Rest and tea.', draft.id)).instructions).toBe('Rest and tea.');
  must(save('Rest and tea.', draft.id));
  expect(desk.waiting()).toHaveLength(2);
  desk.setNow(`${TODAY}T08:00:00.000Z`);
  expect(must(issue(draft.id))).toMatchObject({ status: 'issued', issuedAt: `${TODAY}T08:00:00.000Z` });
  expect(save('Rum.', draft.id)).toMatchObject({ error: { code: 'prescription_final' } });
  expect(issue(draft.id)).toMatchObject({ error: { code: 'prescription_final' } });
  expect(must(prescriptions(desk, receptionist, { appointmentId })).map(({ id }) => id)).toEqual([draft.id]);
});

test('a draft that another desk wrote over is not written over unseen', () => {
  const draft = must(save('Rest.'));
  must(save('Tea.', draft.id));
  const stale = { appointmentId, prescriptionId: draft.id, instructions: 'Rum.', was: 'Rest.' };
  expect(savePrescription(desk, receptionist, stale)).toMatchObject({
    error: { code: 'prescription_changed', details: { instructions: 'Tea.' } },
  });
  must(savePrescription(desk, receptionist, { ...stale, was: 'Tea.' }));
});

test('one that says nothing is neither issued nor shown', () => {
  const draft = must(save('Rest.'));
  must(save('', draft.id));
  expect(issue(draft.id)).toMatchObject({ error: { code: 'prescription_empty' } });
  expect(listed()).toEqual([]);
});

test('a wrong one stays as it was issued and is replaced by one new one', () => {
  const wrong = must(save('500 mg.'));
  expect(replace(wrong.id)).toMatchObject({ error: { code: 'not_replaceable' } });
  must(issue(wrong.id));
  const [right, other] = [must(replace(wrong.id)), must(replace(wrong.id))];
  expect(right).toMatchObject({ status: 'draft', instructions: '500 mg.', replacesId: wrong.id });
  must(save('250 mg.', right.id));
  must(issue(right.id));
  expect(listed().find(({ id }) => id === wrong.id)).toMatchObject({
    instructions: '500 mg.',
    replacedById: right.id,
  });
  expect(replace(wrong.id)).toMatchObject({ error: { code: 'not_replaceable' } });
  expect(issue(other.id)).toMatchObject({ error: { code: 'prescription_final' } });
});

test('undo gives a draft its text before, and never touches one that was issued', () => {
  const undo = undoWith({ savePrescription: takeBackPrescription, issuePrescription: takeBackPrescription });
  const draft = must(save('Rest.'));
  must(save('Rum.', draft.id));
  must(undo(desk, receptionist));
  expect(listed()[0]?.instructions).toBe('Rest.');
  must(issue(draft.id));
  expect(undo(desk, receptionist)).toMatchObject({ error: { code: 'not_undoable' } });
});

test('an appointment that is not there has none', () => {
  expect(savePrescription(desk, receptionist, { appointmentId: ids.maria, instructions: 'x' })).toMatchObject(
    {
      error: { code: 'not_found' },
    },
  );
});
