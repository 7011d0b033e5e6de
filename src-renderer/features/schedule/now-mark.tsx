import { useNow } from '../../app/clock.ts';

/** The current time as a line across a column, over the faces of the cards and beneath their text. */
export const NowMark = ({ startMs, pxPerMinute }: { startMs: number; pxPerMinute: number }) => (
  <div className="board-now" style={{ top: ((useNow() - startMs) / 60_000) * pxPerMinute }} />
);
