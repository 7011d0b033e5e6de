import { useTranslation } from 'react-i18next';
import type { ConflictSide } from '../../../src-main/contract/sync.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './conflicts.module.css';
import { CashUpSide, MoneySide } from './money-side.tsx';

/** Who did it and when: "Front desk 2, Tue 24 Nov, 10:42". */
export const useBy = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  return ({ who, at }: Pick<ConflictSide, 'who' | 'at'>): string =>
    [who ?? (at && t('conflicts.nobody')), at && formats.moment(at, zone)].filter(Boolean).join(', ');
};

/** One side of a conflict, as an appointment or as money, and who made it when. */
export const Side = ({ title, side, none }: { title: string; side: ConflictSide; none: string }) => {
  const formats = useFormats();
  const by = useBy();
  const { zoneOf, locations } = useClinic();
  const { appointment } = side;
  const zone = zoneOf(appointment?.locationId ?? null);
  const place = locations.length > 1 && locations.find(({ id }) => id === appointment?.locationId);
  return (
    <section className={classes['side']}>
      <h3>{title}</h3>
      {appointment ? (
        <>
          <p className={classes['strong']}>{appointment.patientName}</p>
          <p className="tabular">
            {formats.dayOf(appointment.start, zone)},{' '}
            {formats.range(appointment.start, appointment.end, zone)}
          </p>
          <p>
            {formats.name(appointment.doctorName)}
            {appointment.roomName && ` · ${appointment.roomName}`}
            {place && ` · ${formats.name(place.name)}`}
          </p>
          <StatusBadge status={appointment.status} />
        </>
      ) : side.money || side.cashUp ? (
        <>
          {side.money && <MoneySide money={side.money} />}
          {side.cashUp && <CashUpSide cashUp={side.cashUp} />}
        </>
      ) : (
        <p className="soft">{none}</p>
      )}
      <p className={classes['by']}>{by(side)}</p>
    </section>
  );
};
