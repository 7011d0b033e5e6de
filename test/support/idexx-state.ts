import type { IdexxClinic } from './idexx-clinic.ts';

/** What stands at central after runs, by what it says and not by ids, so that one clinic's can be held against another's. */
export const idexxState = async ({ rows, clinicId }: IdexxClinic): Promise<Record<string, unknown[]>> => {
  const state: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(QUERIES)) state[name] = await rows(sql, [clinicId]);
  return state;
};

const QUERIES = {
  patients: `select p.first_name, p.last_name, p.phone, p.email, p.species, o.last_name as owner
    from patients p left join patients o on o.clinic_id = p.clinic_id and o.id = p.owner_id
    where p.clinic_id = $1 order by 1, 2, 3`,
  appointments: `select a.scheduled_at, a.ends_at, a.status, a.completed_at, a.overbook_reason, a.origin, a.reason,
      d.first_name as doctor, p.first_name as patient
    from appointments a join doctors d on d.clinic_id = a.clinic_id and d.id = a.doctor_id
      join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    where a.clinic_id = $1 order by 1, 8, 9`,
  bookings: `select external_id, status, starts_at, problem, gone_at, appointment_id is null as nowhere, person_name
    from outside_bookings where clinic_id = $1 order by external_id`,
  links: `select kind, external_id, name, doctor_id is null as unlinked, patient_id is null as nobody,
      seen - 'ownerId' as seen
    from outside_links where clinic_id = $1 order by 1, 2`,
  blocks: `select starts_at, ends_at, reason, deleted_at from schedule_exceptions where clinic_id = $1 order by 1`,
  cases: `select split_part(external_id, '-', 7) as number, consultation_id, status, clinical_notes, discharge_summary,
      gone_at, patient_id is null as nobody, appointment_id is null as nowhere
    from cases where clinic_id = $1 order by external_id`,
  calls: `select c.external_id is null as nothing, s.due_at, s.phone, s.status
    from scheduled_discharge_calls s join cases c on c.clinic_id = s.clinic_id and c.id = s.case_id
    where s.clinic_id = $1 order by c.consultation_id`,
  consultations: `select consultation_id, sync_status, has_clinical_notes, discharge_call_scheduled, case_id is null as caseless
    from consultation_sync_status where clinic_id = $1 order by 1`,
} as const;
