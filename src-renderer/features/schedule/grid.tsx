import { type CSSProperties, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { type Dialog, openDialog, useScreen } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { act } from '../../app/use-keys.ts';
import { useBoard } from './board-state.ts';
import { BoardColumn } from './column.tsx';
import { ColumnHead } from './column-head.tsx';
import { type BoardSlot, COLUMN_MIN_PX, type Column, type Range, slotChoice } from './columns.ts';
import { Ghost } from './ghost.tsx';
import { HoverSlot } from './hover-slot.tsx';
import { KeptMarks } from './kept-marks.tsx';
import { MovingStrip } from './moving-strip.tsx';
import { TimeColumn } from './time-column.tsx';
import { useBoardCursor } from './use-board-cursor.ts';
import { slotById } from './use-draft.ts';
import { useFilter } from './use-filter.ts';
import { useInViewFirst } from './use-in-view-first.ts';
import { usePointer } from './use-pointer.ts';
import { usePut } from './use-put.ts';
import { useSendResize } from './use-resize.ts';
import { useScroll } from './use-scroll.ts';
import { useWords } from './words.ts';

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
  const words = useWords();
  const standBack = useFilter();
  const openSlot = useOpenSlot();
  const finishDraft = useFinishDraft(columns);
  const { cursor, stretch, onKeyDown, onFocus, onBlur } = useBoardCursor({
    scroller,
    columns,
    openSlot,
    finishDraft,
  });
  const pointer = usePointer({ scroller, columns, pxPerMinute, openSlot });
  const day = { startMs, heightPx, pxPerMinute };
  const cardsTo = useInViewFirst(scroller, columns[0]?.key ?? '', columns.length, day);
  useScroll({ ...day, scroller, fromMinute: range.from, day: columns[0]?.date ?? '' });

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
        {...pointer}
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
              cardsTo={cardsTo(index)}
              pxPerMinute={pxPerMinute}
              words={words}
              isToday={column.date === today}
              cursor={cursor?.column === column.key ? cursor : null}
              movingId={movingId}
              selectedId={column.appointments.some(({ id }) => id === selectedId) ? selectedId : null}
              standBack={standBack}
            />
          ))}
          <KeptMarks columns={columns} pxPerMinute={pxPerMinute} />
          <HoverSlot {...{ scroller, columns, pxPerMinute, zone }} />
          <Ghost columns={columns} pxPerMinute={pxPerMinute} zone={zone} />
        </div>
      </section>
      <MovingStrip
        columns={columns}
        onStretch={stretch}
        onPut={() => {
          if (finishDraft()) return;
          const column = columns.find(({ key }) => key === cursor?.column);
          if (column && cursor) openSlot(column, cursor.id);
        }}
        onGiveUp={() => act('back')}
      />
    </>
  );
};

/** What a click or Enter on a slot does: puts down what is in the hand, else books, at most until `end`. */
const useOpenSlot = () => {
  const { t } = useTranslation();
  const { today } = useClinic();
  const put = usePut();
  return useCallback(
    (column: Column, slotId: string, end?: string): void => {
      const held = useScreen.getState().moving;
      const slot = slotById(column, slotId, held);
      if (!slot) return;
      if (held) void put(held, column, slotId);
      else if (column.date < today) toastProblem(t('errors.in_the_past'));
      else openDialog(bookingOf(column, slot, end));
    },
    [put, today, t],
  );
};

/** The dialog that books a slot, with the length where it was marked. */
const bookingOf = (column: Column, slot: BoardSlot, end?: string): Dialog => {
  if (end === undefined) return { kind: 'book', slot: slotChoice(column, slot) };
  const minutes = (Date.parse(end) - Date.parse(slot.start)) / 60_000;
  return { kind: 'book', slot: slotChoice(column, slot, end), minutes };
};

/** Sends another length, or books the time that was marked; false when there is no draft by keys. */
const useFinishDraft = (columns: readonly Column[]) => {
  const send = useSendResize();
  const openSlot = useOpenSlot();
  return useCallback((): boolean => {
    const { resizing, creating } = useBoard.getState();
    if (resizing) {
      send();
      return true;
    }
    const column = columns.find(({ key }) => key === creating?.column);
    if (!creating || !column) return false;
    useBoard.setState({ creating: null });
    openSlot(column, creating.slotId, creating.end);
    return true;
  }, [columns, send, openSlot]);
};
