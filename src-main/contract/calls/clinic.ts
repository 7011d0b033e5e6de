import { z } from 'zod';
import { VisitType } from '../appointment.ts';
import { call, rights } from '../call.ts';
import { Clinic, Doctor, DoctorFilter, DoctorProfile, Location, Specialty } from '../clinic.ts';
import { Id } from '../values.ts';

/** The clinic and what can be booked there. */
export const clinicCalls = {
  clinic: call({
    summary: 'The clinic and this desk.',
    input: z.object({}),
    output: Clinic,
    right: 'desk',
    errors: [],
  }),
  me: call({
    summary: 'Who acts at this desk and what they may do.',
    input: z.object({}),
    output: z.object({ userId: Id.nullable(), rights: z.array(z.enum(rights)) }),
    right: 'desk',
    errors: [],
  }),
  locations: call({
    summary: 'The locations of the clinic with their rooms.',
    input: z.object({}),
    output: z.array(Location),
    right: 'schedule.read',
    errors: [],
  }),
  doctors: call({
    summary: 'The active doctors in board order.',
    input: z.object({ locationId: Id.optional(), specialtyId: Id.optional() }),
    output: z.array(Doctor),
    right: 'schedule.read',
    errors: [],
  }),
  doctorDirectory: call({
    summary: 'The doctors that fit a filter, sorted; the next free time as this desk knows it now.',
    input: DoctorFilter,
    output: z.object({
      doctors: z.array(DoctorProfile),
      /** Every city that an active doctor has, to filter by. */
      cities: z.array(z.string()),
    }),
    right: 'schedule.read',
    errors: [],
  }),
  doctorProfile: call({
    summary: "One doctor's profile, of those who left too.",
    input: z.object({ doctorId: Id }),
    output: DoctorProfile,
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  specialties: call({
    summary: 'The specialties of the clinic.',
    input: z.object({}),
    output: z.array(Specialty),
    right: 'schedule.read',
    errors: [],
  }),
  visitTypes: call({
    summary: 'What can be booked, with length and fee.',
    input: z.object({ doctorId: Id.optional() }),
    output: z.array(VisitType),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
};
