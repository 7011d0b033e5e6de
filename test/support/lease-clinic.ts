import { v7 as newId } from 'uuid';
import { withClient } from './central.ts';
import { type SmallClinic, smallClinic } from './small-clinic.ts';

/** A small clinic whose doctors work tomorrow by central's clock, from six to two in Athens, and so within the leases' days. */
export const leaseClinic = async (deskNames: string[], patientCount = 6): Promise<SmallClinic> => {
  const clinic = await smallClinic(deskNames, patientCount);
  await withClient(clinic.ownerUrl, (owner) =>
    owner.query(
      `update doctor_time_slots s set start_time_utc = n.start, end_time_utc = n.start + interval '30 minutes'
       from (select clinic_id, id, (date_trunc('day', now() at time zone 'Europe/Athens') + interval '30 hours')
           at time zone 'Europe/Athens' + (row_number() over (partition by doctor_id order by start_time_utc) - 1)
           * interval '30 minutes' as start
         from doctor_time_slots) n
       where s.clinic_id = n.clinic_id and s.id = n.id`,
    ),
  );
  return clinic;
};

/** Another doctor who works the same hours tomorrow; answers the doctor's id and those of the slots, by start. */
export const addDoctor = (clinic: SmallClinic): Promise<{ id: string; slots: string[] }> =>
  withClient(clinic.ownerUrl, async (owner) => {
    const doctor = { id: newId(), slots: Array.from({ length: 16 }, () => newId()) };
    await owner.query(
      `insert into doctors (clinic_id, id, location_id, first_name, last_name, email, specialization)
       values ($1, $2, $3, 'Eleni', 'Doctor', $4, 'General')`,
      [clinic.clinicId, doctor.id, clinic.locationId, `${doctor.id}@clinic.example`],
    );
    await owner.query(
      `insert into doctor_time_slots (clinic_id, id, doctor_id, location_id, start_time_utc, end_time_utc)
       select $1, s.id, $2, $3, t.start, t.start + interval '30 minutes'
       from unnest($4::uuid[]) with ordinality s (id, place)
         cross join lateral (select (date_trunc('day', now() at time zone 'Europe/Athens') + interval '30 hours')
           at time zone 'Europe/Athens' + (s.place - 1) * interval '30 minutes' as start) t`,
      [clinic.clinicId, doctor.id, clinic.locationId, doctor.slots],
    );
    return doctor;
  });
