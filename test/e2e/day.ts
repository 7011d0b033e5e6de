import type { Slot } from '../../src-main/contract/appointment.ts';
import type { Patient } from '../../src-main/contract/patient.ts';
import type { E2eDesk } from './fixture.ts';

/** What the tests need of the clinic's first location, where every board opens. */
export const firstLocation = async (desk: E2eDesk) => {
  const [location] = await desk.ask('locations', {});
  if (!location) throw new Error('the sample clinic has no location');
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: location.timezone }).format(new Date());
  return { ...location, today };
};

type GridSlot = Pick<Slot, 'id' | 'start' | 'end'> & { doctorId: string };

const later = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** Slots of today that nobody has, also earlier ones, so that a test passes at any hour. */
export const emptySlots = async (desk: E2eDesk): Promise<GridSlot[]> => {
  const { id, today } = await firstLocation(desk);
  const day = await desk.ask('daySchedule', { date: today, locationId: id });
  const isEmpty = ({ doctorId, start, end }: GridSlot): boolean =>
    day.appointments.every((one) => one.doctorId !== doctorId || one.end <= start || one.start >= end);
  const slots = day.doctors.flatMap(({ doctorId, slots: grid }) =>
    grid.filter(({ available }) => available).map((slot) => ({ ...slot, doctorId })),
  );
  const empty = slots.filter(isEmpty);
  if (empty.length < 2) throw new Error('the sample clinic has no empty slots today');
  // With a quarter of an hour around them where there are such: some visits keep a little time free before and after.
  const around = (slot: GridSlot): GridSlot => ({
    ...slot,
    start: later(slot.start, -15),
    end: later(slot.end, 15),
  });
  const spacious = empty.filter((slot) => isEmpty(around(slot)));
  return spacious.length < 2 ? empty : spacious;
};

/** A patient of this test alone, who need not be asked for phone and address. */
export const newPatient = (desk: E2eDesk, firstName: string, lastName: string): Promise<Patient> =>
  desk.ask('registerPatient', {
    firstName,
    lastName,
    phone: '+30 210 555 0142',
    address: 'Πλατεία Δείγματος 1',
    saveAnyway: true,
  });

/** A patient who is expected today, in a slot that nobody had. */
export const expected = async (desk: E2eDesk, firstName: string, lastName: string) => {
  const patient = await newPatient(desk, firstName, lastName);
  const [slot] = await emptySlots(desk);
  if (!slot) throw new Error('no empty slot');
  const appointment = await desk.ask('book', { slotId: slot.id, patientId: patient.id });
  return { patient, appointment };
};
