import { z } from 'zod';
import { call } from '../call.ts';
import {
  ClinicSettings,
  DoctorInput,
  LocationInput,
  OwnClinic,
  RoomInput,
  SetUp,
  SetUpSteps,
  SpecialtyInput,
  Usable,
  VisitTypeInput,
} from '../set-up.ts';
import { Id } from '../values.ts';

const Saved = z.object({ id: Id });
const saving = ['not_found', 'disk_full'] as const;

/** Setting up a clinic: what it is, where, who works there, and what can be booked. */
export const setUpCalls = {
  setUp: call({
    summary: 'The clinic, its locations, rooms, specialties and visit types, those out of use too.',
    input: z.object({}),
    output: SetUp,
    right: 'schedule.read',
    errors: [],
  }),
  setUpSteps: call({
    summary: 'What a new clinic still lacks before its first booking.',
    input: z.object({}),
    output: SetUpSteps,
    right: 'schedule.read',
    errors: [],
  }),
  updateClinic: call({
    summary: 'Sets what the clinic is called and how it works; what is left out stays.',
    input: z.object({ set: ClinicSettings.partial() }),
    output: ClinicSettings,
    right: 'clinic.manage',
    errors: ['disk_full'],
  }),
  saveLocation: call({
    summary: 'Adds a location or changes one.',
    input: LocationInput,
    output: Saved,
    right: 'clinic.manage',
    errors: [...saving],
  }),
  saveRoom: call({
    summary:
      'Adds a room to a location or renames one; a room that was put out of use comes back by its name.',
    input: RoomInput,
    output: Saved,
    right: 'clinic.manage',
    errors: [...saving, 'name_in_use'],
  }),
  saveSpecialty: call({
    summary: 'Adds a specialty or renames one.',
    input: SpecialtyInput,
    output: Saved,
    right: 'clinic.manage',
    errors: [...saving, 'name_in_use'],
  }),
  saveVisitType: call({
    summary: 'Adds something that can be booked, or changes it; what is booked keeps its length and fee.',
    input: VisitTypeInput,
    output: Saved,
    right: 'clinic.manage',
    errors: [...saving],
  }),
  saveDoctor: call({
    summary: "Adds a doctor or changes the doctor's profile.",
    input: DoctorInput,
    output: Saved,
    right: 'clinic.manage',
    errors: [...saving, 'email_in_use'],
  }),
  setInUse: call({
    summary:
      'Puts a location, room, visit type or doctor out of use, or back; refused while booked time stands on it.',
    input: z.object({ what: Usable, id: Id, inUse: z.boolean() }),
    output: z.object({}),
    right: 'clinic.manage',
    errors: [...saving, 'still_in_use'],
  }),
  arrange: call({
    summary: 'Sets the order of rooms, visit types or doctors: the one in which `ids` names them.',
    input: z.object({ what: Usable.exclude(['location']), ids: z.array(Id).max(500) }),
    output: z.object({}),
    right: 'clinic.manage',
    errors: [...saving],
  }),
  startOwnClinic: call({
    summary:
      'Makes a new clinic in the database of this PC and opens this desk on it; the sample stays where it is.',
    input: OwnClinic,
    output: z.object({}),
    right: 'clinic.manage',
    errors: ['own_central', 'no_keychain', 'disk_full'],
  }),
};
