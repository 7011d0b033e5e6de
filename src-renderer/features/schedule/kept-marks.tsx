import { useMemo } from 'react';
import { useConnected } from '../../api/sync-state.ts';
import { type Column, minutesIn } from './columns.ts';
import { Glyph } from './glyph.tsx';
import { joinKept, type KeptStretch } from './kept.ts';
import { useKept } from './use-kept.ts';

/**
 * At the edge of the columns, over them and not in them, so that they are not drawn again: the times that are kept. With a
 * connection those of other desks, since booking them takes a moment longer; without one those of this desk, where a
 * booking is certain.
 */
export const KeptMarks = ({ columns, pxPerMinute }: { columns: readonly Column[]; pxPerMinute: number }) => {
  const connected = useConnected();
  const dates = useMemo(() => [...new Set(columns.map(({ date }) => date))], [columns]);
  // A week asks for nothing more: its columns are one doctor's, and too narrow for marks.
  const kept = useKept(dates.length === 1 ? dates[0] : undefined);
  const shown = useMemo(() => joinKept(kept ?? []).filter(({ own }) => own !== connected), [kept, connected]);
  return shown.map((stretch) => {
    const index = columns.findIndex(({ of }) => of.kind === 'doctor' && of.id === stretch.doctorId);
    const column = columns[index];
    return column && <Mark key={stretch.slotId} {...{ stretch, column, index, pxPerMinute }} />;
  });
};

const Mark = ({
  stretch: { start, end, own },
  column,
  index,
  pxPerMinute,
}: {
  stretch: KeptStretch;
  column: Column;
  index: number;
  pxPerMinute: number;
}) => {
  const top = minutesIn(column, start) * pxPerMinute;
  const height = minutesIn(column, end) * pxPerMinute - top;
  return (
    <div
      className="board-kept"
      data-own={own || undefined}
      aria-hidden="true"
      style={{ gridColumn: index + 2, marginTop: top + 1, height: height - 2 }}
    >
      {own && <Glyph name="certain" />}
    </div>
  );
};
