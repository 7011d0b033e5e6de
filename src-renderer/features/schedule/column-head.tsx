import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';
import { useBoard } from './board-state.ts';
import { type Column, freeSlots } from './columns.ts';

/** Whose column it is, and how many slots are still free. In the week: which day. */
export const ColumnHead = memo(({ column, index }: { column: Column; index: number }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { today } = useClinic();
  const week = useBoard((board) => board.view === 'week');
  const now = new Date(useNow()).toISOString();
  const free = freeSlots(column, null).filter(({ start }) => start >= now).length;
  const { name, more } = useOwner(column);
  const title = week ? formats.shortDay(column.date) : name;
  const second = week ? name : more;
  const counted = column.of.id !== null && column.date >= today;
  return (
    <div
      className="board-head"
      style={{ gridColumn: index + 2 }}
      data-today={(week && column.date === today) || undefined}
    >
      <h2 id={`head-${column.key}`} title={title}>
        {title}
      </h2>
      <p>
        <span title={second}>{second}</span>
        {counted && <span className="board-free tabular">{t('board.freeCount', { count: free })}</span>}
      </p>
    </div>
  );
});

/** A doctor and the specialty, or a room and who usually works in it. */
const useOwner = ({ of, doctorIds }: Column): { name: string; more: string } => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, location } = useClinic();
  if (of.kind === 'doctor') {
    const doctor = doctors.find(({ id }) => id === of.id);
    return {
      name: doctor ? formats.name(doctor.name) : '…',
      more: doctor?.specialty ? formats.name(doctor.specialty.name) : '',
    };
  }
  const room = location.rooms.find(({ id }) => id === of.id);
  const names = doctorIds.flatMap((id) => doctors.find((doctor) => doctor.id === id)?.name ?? []);
  return {
    name: room ? formats.name(room.name) : t('board.noRoom'),
    more: names.map(formats.name).join(', '),
  };
};
