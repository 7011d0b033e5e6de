import { memo, useMemo } from 'react';
import { useScreen } from '../../app/screen.ts';
import { Card } from './card.tsx';
import type { Cursor } from './cells.ts';
import { type Column, minutesIn } from './columns.ts';
import { placeCards } from './lanes.ts';
import { NowMark } from './now-mark.tsx';
import { slotById } from './use-draft.ts';
import type { Words } from './words.ts';

interface ColumnProps {
  column: Column;
  index: number;
  /** How far down it has its cards, in pixels: for a moment only where they can be seen. */
  cardsTo: number;
  pxPerMinute: number;
  words: Words;
  isToday: boolean;
  /** The board's cursor when it is in this column. */
  cursor: Cursor | null;
  /** The appointment that is being moved. */
  movingId: string | null;
  /** The appointment that the panel shows. */
  selectedId: string | null;
  /** Doctors whose cards stand back, since the filter leaves them out where columns are rooms. */
  standBack: ReadonlySet<string> | null;
}

/** A doctor's or a room's day: closed time hatched, open time plain, blocks with their reason, and the cards on it. */
export const BoardColumn = memo(
  ({
    column,
    index,
    cardsTo,
    pxPerMinute,
    words,
    isToday,
    cursor,
    movingId,
    selectedId,
    standBack,
  }: ColumnProps) => {
    // Whoever goes on with a key finds what the cursor can reach.
    const drawnTo = cursor ? Number.POSITIVE_INFINITY : cardsTo;
    const placed = useMemo(
      () => placeCards(column, pxPerMinute).filter(({ top }) => top < drawnTo),
      [column, drawnTo, pxPerMinute],
    );
    const box = (start: string, end: string) => {
      const top = minutesIn(column, start) * pxPerMinute;
      return { top, height: minutesIn(column, end) * pxPerMinute - top };
    };
    return (
      <section
        aria-labelledby={`head-${column.key}`}
        className="board-column"
        data-column={column.key}
        style={{ gridColumn: index + 2 }}
      >
        {column.open.map(({ start, end }) => (
          <div key={start} className="board-open" style={box(start, end)} />
        ))}
        {column.blocked.map((block) => (
          <Block key={block.start} reason={words.blocked(block)} style={box(block.start, block.end)} />
        ))}
        {column.holds.map((hold) => (
          <div
            key={hold.id}
            className="board-hold"
            data-kept={hold.kept || undefined}
            style={box(hold.start, hold.end)}
          >
            <span>{words.hold(hold)}</span>
          </div>
        ))}
        {isToday && <NowMark startMs={column.startMs} pxPerMinute={pxPerMinute} />}
        {cursor?.kind === 'slot' && (
          <SlotCursor column={column} cursor={cursor} pxPerMinute={pxPerMinute} words={words} />
        )}
        {placed.map((place) => (
          <Card
            key={place.appointment.id}
            {...place}
            words={words}
            current={cursor?.id === place.appointment.id}
            selected={selectedId === place.appointment.id}
            moving={movingId === place.appointment.id}
            standsBack={standBack?.has(place.appointment.doctorId) ?? false}
          />
        ))}
      </section>
    );
  },
);

const Block = ({ reason, style }: { reason: string; style: { top: number; height: number } }) => (
  <div className="board-block" style={style}>
    <span>{reason}</span>
  </div>
);

/** The board's cursor on a free slot. */
const SlotCursor = ({
  column,
  cursor,
  pxPerMinute,
  words: { t, formats, zone, doctorName },
}: {
  column: Column;
  cursor: Cursor;
  pxPerMinute: number;
  words: Words;
}) => {
  const slot = slotById(
    column,
    cursor.id,
    useScreen((screen) => screen.moving),
  );
  if (!slot) return null;
  const top = minutesIn(column, slot.start) * pxPerMinute;
  const height = minutesIn(column, slot.end) * pxPerMinute - top;
  return (
    <button
      type="button"
      id={`cell-${slot.id}`}
      data-slot={slot.id}
      className="slot-cursor"
      style={{ top, height }}
    >
      <span className="tabular">{formats.time(slot.start, zone)}</span> {t('board.free')}
      {doctorName && ` · ${doctorName(slot.doctorId)}`}
    </button>
  );
};
