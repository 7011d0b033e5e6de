import type { Bilingual } from '../../contract/values.ts';
import type { Desk } from '../desk.ts';
import { type DoctorNames, titledNames } from './doctor.ts';

/** What to say for a doctor whose row has not arrived. */
const unknown: Bilingual = { en: 'Dr', el: 'Δρ' };

/** How the clinic says each of its doctors, those who left included. */
export const doctorNames = (desk: Desk): ((doctorId: string) => Bilingual) => {
  const rows = desk.replica
    .statement(
      `select id, first_name as firstName, last_name as lastName, first_name_el as firstNameEl,
              last_name_el as lastNameEl from doctors`,
    )
    .all() as DoctorNames[];
  const names = titledNames(rows);
  return (doctorId) => names.get(doctorId) ?? unknown;
};
