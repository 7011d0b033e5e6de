import type { PatientBrief } from '../../src-main/contract/patient.ts';

type Named = Pick<PatientBrief, 'firstName' | 'lastName'>;

/** First and last name, as they are called out. */
export const fullName = ({ firstName, lastName }: Named): string => `${firstName} ${lastName}`.trim();

/** A person's name; an animal's owner stands behind it. */
export const PersonName = ({ patient }: { patient: Named & Pick<PatientBrief, 'owner'> }) => (
  <span className="person-name">
    {fullName(patient)}
    {patient.owner && <span className="soft"> · {patient.owner.name}</span>}
  </span>
);
