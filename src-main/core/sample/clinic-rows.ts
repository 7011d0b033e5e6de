import {
  clinicLocations,
  clinics,
  doctors,
  rooms,
  scheduleExceptions,
  scheduleTemplates,
  specialties,
  users,
  visitTypes,
} from '../schema/central/index.ts';
import { type Batch, batch } from './batch.ts';
import type { SampleClinic, SampleDoctor, SampleUser } from './model.ts';
import { SLOT_DAYS } from './schedule.ts';
import { iso } from './sizes.ts';

/** The password hash of an account that cannot sign in. */
const NO_PASSWORD = '!';

/** The rows of the clinic itself, each after what it refers to. */
export const clinicRows = (clinic: SampleClinic): Batch[] => {
  const madeAt = iso(clinic.madeAt);
  const stamps = { clinicId: clinic.id, createdAt: madeAt, updatedAt: madeAt };
  const people = [...clinic.receptionists, clinic.admin, ...clinic.doctors.map((doctor) => doctor.account)];
  return [
    batch(clinics, [{ ...stamps, ...clinicRow(clinic) }]),
    batch(
      clinicLocations,
      clinic.locations.map(({ id, plan }) => ({ ...stamps, id, ...locationRow(plan) })),
    ),
    batch(
      rooms,
      clinic.rooms.map(({ id, locationId, number }) => ({
        ...stamps,
        id,
        locationId,
        name: `Room ${number}`,
        nameEl: `Ιατρείο ${number}`,
        sortOrder: number,
      })),
    ),
    batch(
      specialties,
      clinic.specialties.map(({ id, en, el, slug }) => ({ ...stamps, id, nameEn: en, nameEl: el, slug })),
    ),
    batch(
      visitTypes,
      clinic.visits.map((visit, sortOrder) => ({
        ...stamps,
        id: visit.id,
        nameEn: visit.en,
        nameEl: visit.el,
        specialtyId: visit.specialty === null ? null : (clinic.specialties[visit.specialty]?.id ?? null),
        durationMinutes: visit.minutes,
        bufferAfterMinutes: visit.bufferAfter,
        feeMinor: visit.fee,
        sortOrder,
      })),
    ),
    batch(
      users,
      people.map((person) => ({ ...stamps, ...userRow(person, madeAt) })),
    ),
    batch(
      doctors,
      clinic.doctors.map((doctor) => ({ ...stamps, ...doctorRow(doctor), verifiedAt: madeAt })),
    ),
    batch(
      scheduleTemplates,
      clinic.templates.map((template) => ({ ...stamps, ...template })),
    ),
    batch(
      scheduleExceptions,
      clinic.exceptions.map((exception) => ({ ...stamps, ...exception })),
    ),
  ];
};

const clinicRow = ({ id, kind }: SampleClinic) => ({
  id,
  kind,
  ...(kind === 'veterinary'
    ? { name: 'Anteroom Sample Vets', nameEl: 'Υποδειγματικό Κτηνιατρείο Anteroom' }
    : { name: 'Anteroom Sample Clinic', nameEl: 'Υποδειγματική Κλινική Anteroom' }),
  phone: '+30 210 000 0100',
  email: 'clinic@example.com',
  city: 'Αθήνα',
  timezone: 'Europe/Athens',
  isSample: true,
  settings: { slot_horizon_days: SLOT_DAYS.after },
});

const locationRow = (plan: SampleClinic['locations'][number]['plan']) => ({
  name: plan.name,
  nameEl: plan.nameEl,
  addressLine1: plan.address,
  city: plan.city,
  postalCode: plan.postalCode,
  country: plan.country,
  phone: plan.phone,
  timezone: plan.timezone,
});

const userRow = ({ id, name, mail, role }: SampleUser, confirmedAt: string) => ({
  id,
  email: mail,
  displayName: name,
  hashedPassword: NO_PASSWORD,
  role,
  confirmedAt,
});

const doctorRow = ({ id, index, plan, account, home, specialtyId, visits }: SampleDoctor) => {
  const own = visits.at(-1);
  return {
    id,
    userId: account.id,
    specialtyId,
    locationId: home.id,
    firstName: plan.name.first,
    lastName: plan.name.last,
    firstNameEl: plan.greek.first,
    lastNameEl: plan.greek.last,
    email: account.mail,
    phone: home.plan.phone,
    specialization: own ? own.en : '',
    bio: `Sees patients in ${home.plan.name}.`,
    bioEl: `Δέχεται ασθενείς: ${home.plan.nameEl}.`,
    address: home.plan.address,
    city: home.plan.city,
    consultationFee: 5000,
    sortOrder: index,
  };
};
