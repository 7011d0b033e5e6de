import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { useBoard } from './board-state.ts';
import { type Column, minutesIn } from './columns.ts';
import { MIN_CARD_PX } from './lanes.ts';
import { useMove } from './use-move.ts';
import { movedEnd } from './verdict.ts';

/** Where the appointment in the hand would stand, and whether it could. */
export const Ghost = ({
  columns,
  pxPerMinute,
  zone,
}: {
  columns: readonly Column[];
  pxPerMinute: number;
  zone: string;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const dragging = useBoard((board) => board.drag !== null);
  const move = useMove(columns);
  if (!move?.to) return null;
  const { appointment, to, verdict } = move;
  const end = movedEnd(appointment, to.start);
  const top = minutesIn(to.column, to.start) * pxPerMinute;
  const height = Math.max(MIN_CARD_PX, minutesIn(to.column, end) * pxPerMinute - top - 2);
  return (
    <div
      className="board-ghost"
      data-slot={to.slotId}
      aria-hidden="true"
      data-verdict={verdict.kind}
      data-dragging={dragging || undefined}
      style={{ gridColumn: columns.indexOf(to.column) + 2, marginTop: top, height }}
    >
      <strong>{fullName(appointment.patient)}</strong>
      <span className="tabular">
        {verdict.kind === 'same' ? t('board.move.same') : formats.range(to.start, end, zone)}
      </span>
    </div>
  );
};
