import type { InferInsertModel } from 'drizzle-orm';
import { appointments, doctorTimeSlots, patients as patientsTable } from '../schema/central/index.ts';
import { afterVisits, type StoredVisit } from './after-visit.ts';
import { type Batch, batch } from './batch.ts';
import { bookRows, isInBooks, type TakenPayment } from './books.ts';
import { at, EARLIEST_DAY, makeClinic } from './clinic.ts';
import { clinicRows } from './clinic-rows.ts';
import type { SampleClinic } from './model.ts';
import { makePatients, type SamplePatients } from './patients.ts';
import type { GridSlot } from './plan-day.ts';
import { planWeek, slotMadeAt } from './plan-week.ts';
import { random } from './random.ts';
import { SLOT_DAYS } from './schedule.ts';
import { DAY, iso, MINUTE, type SampleSizes, streams } from './sizes.ts';
import { vetReasons } from './veterinary.ts';
import type { Visit } from './visit.ts';

/** About how many appointments a doctor has in a week; sets when the history begins. */
const WEEKLY_PER_DOCTOR = 80;
const PATIENTS_AT_ONCE = 5000;

/**
 * All rows of a sample clinic, in batches made one at a time so that a large clinic takes no more memory than a
 * small one. The same sizes give the same rows. Weeks come nearest to today first, until there are enough
 * appointments.
 */
export function* sampleRows(sizes: SampleSizes, clinicId?: string): Generator<Batch> {
  if (sizes.appointments > 0 && (sizes.patients < 1 || sizes.doctors < 1)) {
    throw new RangeError('appointments need patients and doctors');
  }
  const clinic = makeClinic(sizes, clinicId);
  yield* clinicRows(clinic);
  const weeks = Math.max(9, sizes.appointments / (WEEKLY_PER_DOCTOR * sizes.doctors));
  const people = makePatients(sizes, clinic.id, Date.parse(sizes.now) - Math.floor(weeks * 7 * DAY));
  for (let from = 0; from < people.count; from += PATIENTS_AT_ONCE) {
    const length = Math.min(PATIENTS_AT_ONCE, people.count - from);
    yield batch(
      patientsTable,
      Array.from({ length }, (_, n) => people.row(from + n)),
    );
  }
  const taken: TakenPayment[] = [];
  yield* weekRows(sizes, clinic, people, taken);
  yield* bookRows(sizes, clinic, taken);
}

function* weekRows(
  sizes: SampleSizes,
  clinic: SampleClinic,
  people: SamplePatients,
  taken: TakenPayment[],
): Generator<Batch> {
  const now = Date.parse(sizes.now);
  let left = sizes.appointments;
  for (const week of outwards(SLOT_DAYS.after / 7)) {
    if (left === 0 && week * 7 < -SLOT_DAYS.before) {
      // Weeks to come still get their slots, up to the clinic's horizon.
      if (-week * 7 > SLOT_DAYS.after) return;
      continue;
    }
    if (now + week * 7 * DAY < Date.parse(EARLIEST_DAY)) {
      throw new RangeError('too many appointments for so few doctors');
    }
    const { slots, visits } = planWeek(sizes, clinic, people, week);
    const wanted = nearest(visits, now, left);
    left -= wanted.length;
    const stored = wanted.map((visit) => store(sizes, people, visit));
    yield batch(
      doctorTimeSlots,
      slots.map((slot) => slotRow(sizes, clinic, slot)),
    );
    yield batch(
      appointments,
      stored.map((one) => appointmentRow(sizes, clinic, one)),
    );
    yield* afterVisits(sizes, clinic, people, stored, taken);
  }
}

/** 0, -1, 1, -2, 2 … and on into the past without end. */
function* outwards(last: number): Generator<number> {
  for (let distance = 0; ; distance += 1) {
    if (distance > 0) yield -distance;
    if (distance <= last) yield distance;
  }
}

const nearest = (visits: readonly Visit[], now: number, count: number): readonly Visit[] => {
  if (visits.length <= count) return visits;
  return [...visits].sort((a, b) => Math.abs(a.start - now) - Math.abs(b.start - now)).slice(0, count);
};

const store = (sizes: SampleSizes, people: SamplePatients, visit: Visit): StoredVisit => {
  const place = [visit.doctor.index, visit.start / MINUTE, visit.number];
  return {
    visit,
    id: random(sizes.seed, streams.visit, ...place).uuid(visit.bookedAt),
    patientId: people.id(people.seen(visit.patient)),
  };
};

const slotRow = (
  sizes: SampleSizes,
  clinic: SampleClinic,
  slot: GridSlot,
): InferInsertModel<typeof doctorTimeSlots> => {
  const madeAt = iso(slotMadeAt(slot.startMs, sizes));
  return {
    clinicId: clinic.id,
    id: slot.id,
    createdAt: madeAt,
    updatedAt: madeAt,
    doctorId: slot.doctorId,
    locationId: slot.locationId,
    startTimeUtc: slot.start,
    endTimeUtc: slot.end,
    isAvailable: slot.available,
  };
};

const stamp = (ms: number | undefined): string | null => (ms === undefined ? null : iso(ms));

const reasons = {
  el: ['Πονοκέφαλος', 'Πόνος στη μέση', 'Ετήσιος έλεγχος', 'Βήχας', 'Συνταγογράφηση', 'Εξάνθημα', null, null],
  en: ['Headache', 'Back pain', 'Yearly check', 'Cough', 'Repeat prescription', 'Rash', null, null],
};
const cancelReasons = {
  el: ['Ο ασθενής είναι άρρωστος', 'Άλλαξε το πρόγραμμα', 'Βρήκε νωρίτερα αλλού'],
  en: ['Patient is ill', 'Plans changed', 'Found an earlier time elsewhere'],
};

const appointmentRow = (sizes: SampleSizes, clinic: SampleClinic, { visit, id, patientId }: StoredVisit) => {
  const { doctor, location, kind, stamps, status } = visit;
  const source = random(0, streams.visit, doctor.index, visit.start / MINUTE, visit.number);
  const remote = source.chance(0.08) ? source.pick(['phone', 'video'] as const) : null;
  const present = stamps.arrived !== undefined || status === 'completed';
  const moments = Object.values(stamps).filter((ms) => ms !== stamps.heldUntil);
  const receptionist = at(clinic.receptionists, location === clinic.locations[0] ? 0 : 1).id;
  const made = iso(visit.bookedAt);
  return {
    clinicId: clinic.id,
    id,
    createdAt: made,
    updatedAt: iso(Math.max(visit.bookedAt, ...moments)),
    slotId: visit.slotId,
    doctorId: doctor.id,
    patientId,
    locationId: location.id,
    roomId: remote && !present ? null : (doctor.rooms.get(location.id) ?? null),
    visitTypeId: kind.id,
    scheduledAt: iso(visit.start),
    endsAt: iso(visit.end),
    status,
    appointmentType: present || !remote ? ('in_person' as const) : remote,
    origin: originOf(visit),
    reason: source.pick((clinic.kind === 'veterinary' ? vetReasons : reasons)[location.language]),
    notes: null,
    confirmedAt: stamp(stamps.confirmed),
    arrivedAt: stamp(stamps.arrived),
    readyAt: stamp(stamps.ready),
    inRoomAt: stamp(stamps.inRoom),
    completedAt: stamp(stamps.completed),
    heldUntil: stamp(stamps.heldUntil),
    feeMinor: isInBooks(sizes, visit) ? kind.fee : 0,
    feeCurrency: 'EUR',
    cancellationReason: status === 'cancelled' ? source.pick(cancelReasons[location.language]) : null,
    cancelledAt: stamp(stamps.cancelled),
    cancelledBy: status === 'cancelled' ? receptionist : null,
    overbookReason: visit.overbook
      ? { el: 'Επείγον, με έγκριση', en: 'Urgent, agreed' }[location.language]
      : null,
    overbookedBy: visit.overbook ? clinic.admin.id : null,
  };
};

const originOf = (visit: Visit) => {
  if (visit.slotId === null) return 'import' as const;
  return visit.status === 'pending' ? ('portal' as const) : ('desk' as const);
};
