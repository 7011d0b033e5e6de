import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';
import { useBoard } from './board-state.ts';
import { type Column, freeSlots } from './columns.ts';

/** Whose column it is, of what specialty, and how many slots are still free. In the week: which day. */
export const ColumnHead = memo(({ column, index }: { column: Column; index: number }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, today } = useClinic();
  const week = useBoard((board) => board.view === 'week');
  const now = new Date(useNow()).toISOString();
  const doctor = doctors.find(({ id }) => id === column.doctorId);
  const free = freeSlots(column, null).filter(({ start }) => start >= now).length;
  const name = doctor ? formats.name(doctor.name) : '…';
  const title = week ? formats.shortDay(column.date) : name;
  const specialty = doctor?.specialty ? formats.name(doctor.specialty.name) : '';
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
        <span title={specialty}>{week ? name : specialty}</span>
        {column.date >= today && (
          <span className="board-free tabular">{t('board.freeCount', { count: free })}</span>
        )}
      </p>
    </div>
  );
});
