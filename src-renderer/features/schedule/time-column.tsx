import { memo } from 'react';
import { useFormats } from '../../i18n/format.ts';
import type { Zoom } from './board-state.ts';
import type { Range } from './columns.ts';

interface TimeColumnProps {
  /** The instant of the board's upper edge, epoch milliseconds. */
  startMs: number;
  range: Range;
  zoom: Zoom;
  zone: string;
}

/** The hours at the left edge: by instants, so that they are right also on the day when the clocks change. */
export const TimeColumn = memo(({ startMs, range, zoom, zone }: TimeColumnProps) => {
  const formats = useFormats();
  const rows = Math.round((range.to - range.from) / zoom.minutes);
  return (
    <div className="board-times">
      {Array.from({ length: rows }, (_, row) => {
        const at = new Date(startMs + row * zoom.minutes * 60_000).toISOString();
        const time = formats.time(at, zone);
        return (
          <div key={at} className="board-time tabular" data-hour={time.endsWith(':00') || undefined}>
            {time}
          </div>
        );
      })}
    </div>
  );
});
