import type {
  SampleClinic,
  SampleDoctor,
  SampleLocation,
  SampleRoom,
  SampleTemplate,
  SampleVisit,
} from './model.ts';
import { greekName, inLatin } from './names.ts';
import { random } from './random.ts';
import { makeExceptions } from './schedule.ts';
import { DAY, type SampleSizes, streams } from './sizes.ts';
import { commonVisits, type DoctorPlan, doctorPlans, locationPlans, specialties, weeks } from './staff.ts';
import { vetSpecialties, vetVisits } from './veterinary.ts';

/** Templates hold from here on, so no appointment is older. */
export const EARLIEST_DAY = '2000-01-01';

/** Makes the clinic, its people and its schedule. */
export const makeClinic = (sizes: SampleSizes, clinicId?: string): SampleClinic => {
  const source = random(sizes.seed, streams.clinic);
  const madeAt = Date.parse(sizes.now) - 1000 * DAY;
  const newId = () => source.uuid(madeAt);
  const id = clinicId ?? newId();
  const locations = locationPlans.map((plan) => ({
    id: newId(),
    zone: plan.timezone,
    language: plan.language,
    plan,
  }));
  const plan = plansOf(sizes);
  const specialtyList = plan.specialties.map((plan) => ({ ...plan, id: newId() }));
  const visits = [
    ...plan.visits.map((visit) => ({ ...visit, id: newId(), specialty: null })),
    ...plan.specialties.map(({ visit }, specialty) => ({ ...visit, id: newId(), specialty })),
  ];
  const plans = [...doctorPlans, ...furtherDoctors(sizes)].slice(0, sizes.doctors);
  const rooms = makeRooms(plans, locations, newId);
  const doctors = makeDoctors(
    plans,
    { locations, rooms, visits, specialtyIds: specialtyList.map((one) => one.id) },
    newId,
  );
  const templates = doctors.flatMap((doctor) => makeTemplates(doctor, locations, newId));
  const zones = new Map(locations.map((location) => [location.id, location.zone]));
  const exceptions = makeExceptions(sizes, { locations, doctors, templates }, newId);
  return {
    id,
    kind: sizes.kind,
    madeAt,
    locations,
    rooms,
    specialties: specialtyList,
    visits,
    receptionists: [
      { id: newId(), name: 'Ευγενία Ράπτη', mail: 'reception.athens@example.com', role: 'receptionist' },
      { id: newId(), name: 'Martin Holloway', mail: 'reception.london@example.com', role: 'receptionist' },
    ],
    admin: { id: newId(), name: 'Κατερίνα Σταμάτη', mail: 'admin@example.com', role: 'admin' },
    doctors,
    templates,
    exceptions,
    rules: { templates, exceptions, zones },
  };
};

/** What is done there. */
const plansOf = ({ kind }: SampleSizes) =>
  kind === 'veterinary'
    ? { specialties: vetSpecialties, visits: vetVisits }
    : { specialties, visits: commonVisits };

/** The thing at a place that is known to be there. */
export const at = <T>(list: readonly T[], place: number): T => {
  const item = list[place];
  if (item === undefined) throw new Error(`nothing at ${place}`);
  return item;
};

/** Doctors beyond the written ones, with names from the tables and a room each. */
const furtherDoctors = (sizes: SampleSizes): DoctorPlan[] =>
  Array.from({ length: Math.max(0, sizes.doctors - doctorPlans.length) }, (_, further) => {
    const source = random(sizes.seed, streams.doctorName, further);
    const greek = greekName(source, further % 2 === 0 ? 'female' : 'male');
    return {
      name: { first: inLatin(greek.first), last: inLatin(greek.last) },
      greek,
      specialty: further % specialties.length,
      slotMinutes: 15,
      rooms: [{ location: further % 2, room: 11 + further, week: weeks.sixDays }],
    };
  });

const makeRooms = (
  plans: readonly DoctorPlan[],
  locations: readonly SampleLocation[],
  newId: () => string,
): SampleRoom[] =>
  locations.flatMap((location, place) => {
    const here = plans.flatMap((plan) => plan.rooms).filter((room) => room.location === place);
    const numbers = [...new Set(here.map((room) => room.room))].sort((a, b) => a - b);
    return numbers.map((number) => ({ id: newId(), locationId: location.id, number }));
  });

interface Setting {
  locations: readonly SampleLocation[];
  rooms: readonly SampleRoom[];
  visits: readonly SampleVisit[];
  specialtyIds: readonly string[];
}

const makeDoctors = (plans: readonly DoctorPlan[], setting: Setting, newId: () => string): SampleDoctor[] => {
  const taken = new Set<string>();
  return plans.map((plan, index) => {
    const rooms = new Map(
      plan.rooms.map(({ location, room }) => {
        const { id } = at(setting.locations, location);
        return [id, roomId(setting.rooms, id, room)];
      }),
    );
    const sharesRoom = [...rooms.values()].some((room) => taken.has(room));
    for (const room of rooms.values()) taken.add(room);
    const name = `${plan.name.first} ${plan.name.last}`;
    return {
      index,
      id: newId(),
      plan,
      account: { id: newId(), name, mail: `doctor.${index + 1}@example.com`, role: 'doctor' },
      home: at(setting.locations, plan.rooms[0]?.location ?? 0),
      specialtyId: at(setting.specialtyIds, plan.specialty),
      rooms,
      visits: setting.visits.filter(
        (visit) => visit.specialty === null || visit.specialty === plan.specialty,
      ),
      sharesRoom,
    };
  });
};

const roomId = (rooms: readonly SampleRoom[], locationId: string, number: number): string => {
  const room = rooms.find((one) => one.locationId === locationId && one.number === number);
  if (!room) throw new Error(`no room ${number}`);
  return room.id;
};

const makeTemplates = (
  doctor: SampleDoctor,
  locations: readonly SampleLocation[],
  newId: () => string,
): SampleTemplate[] =>
  doctor.plan.rooms.flatMap(({ location, week }) => {
    const locationId = at(locations, location).id;
    return week.flatMap(({ days, times }) =>
      days.flatMap((weekday) =>
        times.map(([startsLocal, endsLocal]) => ({
          id: newId(),
          doctorId: doctor.id,
          locationId,
          roomId: doctor.rooms.get(locationId) ?? '',
          weekday,
          startsLocal,
          endsLocal,
          slotMinutes: doctor.plan.slotMinutes,
          validFrom: EARLIEST_DAY,
          validUntil: null,
        })),
      ),
    );
  });
