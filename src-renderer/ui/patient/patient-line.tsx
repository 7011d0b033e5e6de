import { useTranslation } from 'react-i18next';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../person-name.tsx';
import { matchedName, matchedPhone, type Piece } from './matched.ts';
import classes from './patient.module.css';

const Pieces = ({ pieces }: { pieces: Piece[] }) => {
  let from = 0;
  return pieces.map(({ text, hit }) => {
    const key = from;
    from += text.length;
    return hit ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
  });
};

/** A patient in two lines: who, and what tells them from a namesake. What `search` matched is marked. */
export const PatientLine = ({ patient, search = '' }: { patient: PatientBrief; search?: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const animal = [patient.species, patient.breed].filter(Boolean).join(', ');
  return (
    <span className={classes['line']}>
      <span className={classes['name']}>
        <Pieces pieces={matchedName(fullName(patient), search)} />
        {animal && <span className="soft"> · {animal}</span>}
      </span>
      <span className={classes['facts']}>
        {patient.dateOfBirth && (
          <span>{t('patients.find.born', { date: formats.date(patient.dateOfBirth) })}</span>
        )}
        {patient.phone && (
          <span className="tabular">
            <Pieces pieces={matchedPhone(patient.phone, search)} />
          </span>
        )}
        {patient.owner && (
          <span>
            {t('patients.find.owner')} <Pieces pieces={matchedName(patient.owner.name, search)} />
          </span>
        )}
        {!patient.phone && patient.email && <span>{patient.email}</span>}
      </span>
    </span>
  );
};
