import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { useBoard } from './board-state.ts';
import { type Column, freeSlots, minutesIn } from './columns.ts';
import { type Point, pointAt, slotAt } from './hit.ts';

interface HoverSlotProps {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  pxPerMinute: number;
  zone: string;
  movingId: string | null;
}

/** The free slot under the pointer, with its time and what a click does. */
export const HoverSlot = ({ scroller, columns, pxPerMinute, zone, movingId }: HoverSlotProps) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const dragging = useBoard((board) => board.drag !== null);
  const [over, setOver] = useState<{ column: Column; slotId: string } | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const leave = () => setOver(null);
    const move = (event: PointerEvent): void => {
      const onCard = event.target instanceof Element && event.target.closest('button') !== null;
      const point = onCard ? null : pointAt(element, columns, pxPerMinute, event.clientX, event.clientY);
      const slot = point && freeSlotAt(point, movingId);
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
  }, [scroller, columns, pxPerMinute, movingId]);

  const index = over ? columns.indexOf(over.column) : -1;
  const slot = over?.column.day.slots.find(({ id }) => id === over.slotId);
  if (!over || !slot || index === -1 || dragging) return null;
  const top = minutesIn(over.column, slot.start) * pxPerMinute;
  const height = minutesIn(over.column, slot.end) * pxPerMinute - top;
  return (
    <div className="slot-hover" aria-hidden="true" style={{ gridColumn: index + 2, marginTop: top, height }}>
      <span className="tabular">{formats.time(slot.start, zone)}</span>{' '}
      {t(movingId ? 'board.move.put' : 'board.book')}
    </div>
  );
};

/** The free slot at a point, if there is one. */
export const freeSlotAt = (point: Point, movingId: string | null) => {
  const slot = slotAt(point);
  return slot && freeSlots(point.column, movingId).some(({ id }) => id === slot.id) ? slot : undefined;
};
