import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { type Column, minutesIn } from './columns.ts';
import { useDraftWords } from './draft-words.ts';
import { MIN_CARD_PX } from './lanes.ts';
import { useDraft } from './use-draft.ts';

/** Where what is in the hand would stand, and in words what is in the way there. */
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
  const words = useDraftWords();
  const draft = useDraft(columns);
  if (!draft?.to) return null;
  const { to, verdict, kind } = draft;
  const top = minutesIn(to.column, to.start) * pxPerMinute;
  const height = Math.max(MIN_CARD_PX, minutesIn(to.column, to.end) * pxPerMinute - top - 2);
  const problem = words.shortProblem(draft);
  return (
    <div
      className="board-ghost"
      data-draft={kind}
      data-slot={to.slotId ?? undefined}
      aria-hidden="true"
      data-verdict={verdict.kind}
      style={{ gridColumn: columns.indexOf(to.column) + 2, marginTop: top, minHeight: height }}
    >
      <strong>{words.title(draft)}</strong>
      <span className="tabular">
        {kind === 'move' && verdict.kind === 'same'
          ? t('board.move.same')
          : formats.range(to.start, to.end, zone)}
      </span>
      {problem && <span className="ghost-problem">{problem}</span>}
    </div>
  );
};
