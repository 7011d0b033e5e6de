import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useScreen } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { useBoard } from './board-state.ts';
import { type BoardSlot, type Column, freeSlots, type Moving, minutesIn, slotsFor } from './columns.ts';
import { type Point, pointAt, slotAt } from './hit.ts';

interface HoverSlotProps {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  pxPerMinute: number;
  zone: string;
}

/** The free slot under the pointer, with its time and what a click does. */
export const HoverSlot = ({ scroller, columns, pxPerMinute, zone }: HoverSlotProps) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const moving = useScreen((screen) => screen.moving);
  const { doctors } = useClinic();
  const busy = useBoard(({ drag, resizing, creating }) => Boolean(drag ?? resizing ?? creating));
  const [over, setOver] = useState<{ column: Column; slotId: string } | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const leave = () => setOver(null);
    const move = (event: PointerEvent): void => {
      const onCard = event.target instanceof Element && event.target.closest('button') !== null;
      const point = onCard ? null : pointAt(element, columns, pxPerMinute, event.clientX, event.clientY);
      const slot = point && freeSlotAt(point, moving);
      setOver((before) => {
        if (!point || !slot) return null;
        return before?.slotId === slot.id ? before : { column: point.column, slotId: slot.id };
      });
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', leave);
    };
  }, [scroller, columns, pxPerMinute, moving]);

  const index = over ? columns.indexOf(over.column) : -1;
  const slot = over && slotsFor(over.column, moving).find(({ id }) => id === over.slotId);
  if (!over || !slot || index === -1 || busy) return null;
  const top = minutesIn(over.column, slot.start) * pxPerMinute;
  const height = minutesIn(over.column, slot.end) * pxPerMinute - top;
  const doctor = over.column.of.kind === 'room' && doctors.find(({ id }) => id === slot.doctorId);
  return (
    <div className="slot-hover" aria-hidden="true" style={{ gridColumn: index + 2, marginTop: top, height }}>
      <span className="tabular">{formats.time(slot.start, zone)}</span>{' '}
      {t(moving ? 'board.move.put' : 'board.book')}
      {doctor && ` · ${formats.name(doctor.name)}`}
    </div>
  );
};

/** The free slot at a point, if there is one. */
export const freeSlotAt = (point: Point, moving: Moving | null): BoardSlot | undefined => {
  const slot = slotAt(point, moving);
  return slot && freeSlots(point.column, moving).find(({ id }) => id === slot.id);
};
