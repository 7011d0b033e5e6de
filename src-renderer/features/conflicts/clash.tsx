import { useTranslation } from 'react-i18next';
import { Gender } from '../../../src-main/contract/patient.ts';
import { Status } from '../../../src-main/contract/status.ts';
import type { Conflict } from '../../../src-main/contract/sync.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './conflicts.module.css';
import { useBy } from './side.tsx';
import { columnOf, spokenColumns, valueKind } from './words.ts';

/** Two desks set the same fields: both values of each, side by side. */
export const Clash = ({ conflict }: { conflict: Conflict }) => {
  const { t } = useTranslation();
  const by = useBy();
  const { zoneOf } = useClinic();
  const appointment = conflict.theirs.appointment ?? conflict.mine.appointment;
  const valueText = useValueText(zoneOf(appointment?.locationId ?? null));
  return (
    <table className={classes['clash']}>
      <thead>
        <tr>
          <th scope="col">{t('conflicts.field')}</th>
          <th scope="col">
            {t('conflicts.mine')}
            <span className={classes['by']}>{by(conflict.mine)}</span>
          </th>
          <th scope="col">
            {t('conflicts.theirs')}
            <span className={classes['by']}>{by(conflict.theirs)}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {spokenColumns(conflict).map(({ column, mine, theirs }) => (
          <tr key={column}>
            <th scope="row">{t(`conflicts.column.${columnOf(column)}`)}</th>
            <td>{valueText(column, mine)}</td>
            <td>{valueText(column, theirs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** A column's value as a person reads it, instants by the clocks of a zone. */
const useValueText = (zone: string) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { clinic, doctors } = useClinic();
  return (column: string, value: string | null): string => {
    if (value === null || value === '') return t('conflicts.emptyValue');
    switch (valueKind(column)) {
      case 'instant':
        return Number.isNaN(Date.parse(value)) ? value : formats.moment(value, zone);
      case 'day':
        return formats.date(value);
      case 'status': {
        const status = Status.safeParse(value);
        return status.success ? t(`status.${status.data}`) : value;
      }
      case 'gender': {
        const gender = Gender.safeParse(value);
        return gender.success ? t(`patients.gender.${gender.data}`) : value;
      }
      case 'doctor': {
        const doctor = doctors.find(({ id }) => id === value);
        return doctor ? formats.name(doctor.name) : value;
      }
      case 'money': {
        const minor = Number(value);
        return Number.isSafeInteger(minor) ? money({ minor, currency: clinic.currency }) : value;
      }
      case 'text':
        return value;
    }
  };
};
