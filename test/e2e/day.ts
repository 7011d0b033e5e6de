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
  // Those with a quarter of an hour around them first: some visits keep a little time free before and after.
  const around = (slot: GridSlot): GridSlot => ({
    ...slot,
    start: later(slot.start, -15),
    end: later(slot.end, 15),
  });
  const isSpacious = (slot: GridSlot): boolean => isEmpty(around(slot));
  return [...empty.filter(isSpacious), ...empty.filter((slot) => !isSpacious(slot))];
};

/** Turns the board from today to the day of an instant that is still to come. */
export const turnTo = async (desk: E2eDesk, at: string): Promise<void> => {
  const { today, timezone } = await firstLocation(desk);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(Date.parse(at));
  const days = (Date.parse(day) - Date.parse(today)) / 86_400_000;
  for (let turned = 0; turned < days; turned += 1) await desk.page.keyboard.press('ArrowRight');
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
