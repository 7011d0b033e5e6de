import type { Bilingual } from '../../contract/values.ts';

/** A doctor's names as stored; the Greek ones may be missing. */
export interface DoctorNames {
  id: string;
  firstName: string;
  lastName: string;
  firstNameEl: string | null;
  lastNameEl: string | null;
}

/**
 * Names with title, as the board says them: `Dr Adamou`. Where two of `doctors` share a last name, each gets the
 * initial too: `Dr E. Adamou`.
 */
export const titledNames = (doctors: readonly DoctorNames[]): Map<string, Bilingual> => {
  const bearers = new Map<string, number>();
  for (const { lastName } of doctors) bearers.set(lastName, (bearers.get(lastName) ?? 0) + 1);
  return new Map(
    doctors.map((doctor) => {
      const initialled = (bearers.get(doctor.lastName) ?? 0) > 1;
      const said = (first: string, last: string) => (initialled ? `${[...first][0] ?? ''}. ${last}` : last);
      return [
        doctor.id,
        {
          en: `Dr ${said(doctor.firstName, doctor.lastName)}`,
          el: `Δρ ${said(doctor.firstNameEl ?? doctor.firstName, doctor.lastNameEl ?? doctor.lastName)}`,
        },
      ];
    }),
  );
};
