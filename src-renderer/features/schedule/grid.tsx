import { type CSSProperties, type MouseEvent, type PointerEvent, useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openDialog, select, useScreen } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { type Drag, placeCursor, useBoard } from './board-state.ts';
import { BoardColumn } from './column.tsx';
import { ColumnHead } from './column-head.tsx';
import { COLUMN_MIN_PX, type Column, type Range, slotChoice } from './columns.ts';
import { Ghost } from './ghost.tsx';
import { pointAt } from './hit.ts';
import { freeSlotAt, HoverSlot } from './hover-slot.tsx';
import { MovingStrip } from './moving-strip.tsx';
import { TimeColumn } from './time-column.tsx';
import { useBoardCursor } from './use-board-cursor.ts';
import { useDrag } from './use-drag.ts';
import { useInViewFirst } from './use-in-view-first.ts';
import { usePut } from './use-put.ts';
import { useScroll } from './use-scroll.ts';

/** Columns over rows of time, with everything that pointer and keys do on them. */
export const Grid = ({ columns, range }: { columns: readonly Column[]; range: Range }) => {
  const { t } = useTranslation();
  const { zone, today } = useClinic();
  const scroller = useRef<HTMLElement>(null);
  const zoom = useBoard((board) => board.zoom);
  const movingId = useScreen((screen) => screen.moving?.id ?? null);
  const selectedId = useScreen((screen) => screen.selected?.id ?? null);
  const pxPerMinute = zoom.rowPx / zoom.minutes;
  const heightPx = (range.to - range.from) * pxPerMinute;
  const startMs = columns[0]?.startMs ?? 0;
  const formats = useFormats();
  const words = useMemo(() => ({ t, formats, zone }), [t, formats, zone]);
  const openSlot = useOpenSlot();
  const { cursor, onKeyDown, onFocus, onBlur } = useBoardCursor({ scroller, columns, openSlot });
  const drag = useBoardDrag(scroller, columns, pxPerMinute);
  const day = columns[0]?.key ?? '';
  const hasCards = useInViewFirst(scroller, day, columns.length);
  useScroll({ scroller, startMs, heightPx, pxPerMinute, day: columns[0]?.date ?? '' });

  const onPointerDown = (event: PointerEvent): void => {
    const found = cardOf(columns, event.target);
    if (found) drag.begin(event.nativeEvent, found.appointment, found.column);
  };
  const onClick = (event: MouseEvent): void => {
    const found = cardOf(columns, event.target);
    if (drag.justEnded()) return;
    if (found) {
      const { appointment, column } = found;
      placeCursor({ column: column.key, kind: 'card', id: appointment.id, at: appointment.start });
      select(appointment);
      return;
    }
    const element = scroller.current;
    if (!element || !(event.target instanceof Element) || !event.target.closest('[data-column]')) return;
    const point = pointAt(element, columns, pxPerMinute, event.clientX, event.clientY);
    const slot = point && freeSlotAt(point, movingId);
    if (!point || !slot) return;
    placeCursor({ column: point.column.key, kind: 'slot', id: slot.id, at: slot.start });
    openSlot(point.column, slot.id);
  };

  const style = {
    '--columns': columns.length,
    '--column-min': `${COLUMN_MIN_PX}px`,
    '--row': `${zoom.rowPx}px`,
    '--hour': `${60 * pxPerMinute}px`,
    '--height': `${heightPx}px`,
  } as CSSProperties;
  return (
    <>
      <section
        ref={scroller}
        className="board-scroller"
        aria-label={t('board.label')}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
        onPointerDown={onPointerDown}
        onClick={onClick}
      >
        <div className="board-grid" style={style}>
          <div className="board-corner" />
          {columns.map((column, index) => (
            <ColumnHead key={column.key} column={column} index={index} />
          ))}
          <TimeColumn startMs={startMs} range={range} zoom={zoom} zone={zone} />
          {columns.map((column, index) => (
            <BoardColumn
              key={column.key}
              column={column}
              index={index}
              withCards={hasCards(index)}
              pxPerMinute={pxPerMinute}
              words={words}
              isToday={column.date === today}
              cursor={cursor?.column === column.key ? cursor : null}
              movingId={movingId}
              selectedId={column.appointments.some(({ id }) => id === selectedId) ? selectedId : null}
            />
          ))}
          <HoverSlot {...{ scroller, columns, pxPerMinute, zone, movingId }} />
          <Ghost columns={columns} pxPerMinute={pxPerMinute} zone={zone} />
        </div>
      </section>
      <MovingStrip
        columns={columns}
        onPut={() => {
          const column = columns.find(({ key }) => key === cursor?.column);
          if (column && cursor) openSlot(column, cursor.id);
        }}
      />
    </>
  );
};

/** What a click or Enter on a slot does: puts down what is in the hand, else books. */
const useOpenSlot = () => {
  const { t } = useTranslation();
  const { today } = useClinic();
  const put = usePut();
  return useCallback(
    (column: Column, slotId: string): void => {
      const slot = column.day.slots.find(({ id }) => id === slotId);
      if (!slot) return;
      const held = useScreen.getState().moving;
      if (held) void put(held, column, slotId);
      else if (column.date < today) toastProblem(t('errors.in_the_past'));
      else openDialog({ kind: 'book', slot: slotChoice(column, slot) });
    },
    [put, today, t],
  );
};

const useBoardDrag = (
  scroller: React.RefObject<HTMLElement | null>,
  columns: readonly Column[],
  pxPerMinute: number,
) => {
  const { t } = useTranslation();
  const put = usePut();
  const onDrop = useCallback(
    ({ appointment, target }: Drag) => {
      const column = columns.find(({ key }) => key === target?.column);
      if (column && target) void put(appointment, column, target.slotId);
    },
    [columns, put],
  );
  const onLost = useCallback(
    ({ patient }: Appointment) => toastProblem(t('board.move.lost', { name: fullName(patient) })),
    [t],
  );
  return useDrag({ scroller, columns, pxPerMinute, onDrop, onLost });
};

const cardOf = (columns: readonly Column[], target: EventTarget) => {
  const card = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null;
  if (!card) return null;
  for (const column of columns) {
    const appointment = column.appointments.find(({ id }) => id === card.dataset['card']);
    if (appointment) return { column, appointment };
  }
  return null;
};
