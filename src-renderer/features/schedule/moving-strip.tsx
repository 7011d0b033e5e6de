import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { KeyCaps } from '../../ui/key-hint.tsx';
import type { Column } from './columns.ts';
import { useDraftWords } from './draft-words.ts';
import { type Draft, useDraft } from './use-draft.ts';
import './moving.css';

interface MovingStripProps {
  columns: readonly Column[];
  /** Does what the draft says. */
  onPut: () => void;
  onGiveUp: () => void;
  /** Longer (1) or shorter (-1). */
  onStretch: (step: 1 | -1) => void;
}

/** What is being considered, with its old and its new time, before anything is done. */
export const MovingStrip = ({ columns, onPut, onGiveUp, onStretch }: MovingStripProps) => {
  const { t } = useTranslation();
  const words = useDraftWords();
  const draft = useDraft(columns);
  if (!draft) return null;
  const { to, verdict, by, kind } = draft;
  const problem = to && words.problem(draft);
  return (
    <div className="moving-strip" role="status" data-verdict={to ? verdict.kind : undefined}>
      <strong>{words.title(draft)}</strong>
      <Times draft={draft} />
      {problem && <span className="moving-problem">{problem}</span>}
      {by === 'pointer' ? (
        <span className="soft">
          {t('board.move.giveUp')}
          <KeyCaps combo="Escape" />
        </span>
      ) : (
        <span className="moving-buttons">
          {kind !== 'move' && <StretchButtons onStretch={onStretch} />}
          <Button size="compact-sm" disabled={!to || verdict.kind === 'same'} onClick={onPut}>
            {t(kind === 'move' ? 'board.move.put' : kind === 'resize' ? 'board.move.length' : 'board.book')}
            <KeyCaps combo="Enter" />
          </Button>
          <Button size="compact-sm" variant="default" onClick={onGiveUp}>
            {t('board.move.giveUp')}
            <KeyCaps combo="Escape" />
          </Button>
        </span>
      )}
    </div>
  );
};

const Times = ({ draft }: { draft: Draft }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const formats = useFormats();
  const words = useDraftWords();
  const { to } = draft;
  const place = (start: string, whose: string) => (
    <span>
      <span className="tabular">{formats.moment(start, zone)}</span> · {whose}
    </span>
  );
  if (draft.kind === 'move') {
    const { start, doctorId } = draft.appointment;
    return (
      <>
        {place(start, words.doctorName(doctorId))}
        <span aria-hidden="true">→</span>
        {to ? (
          place(to.start, words.whose(to.column, to.doctorId))
        ) : (
          <span className="soft">{t('board.move.choose')}</span>
        )}
      </>
    );
  }
  const minutes = (end: string): string =>
    t('app.minutes', { count: (Date.parse(end) - Date.parse(draft.to.start)) / 60_000 });
  return (
    <>
      <span className="tabular">{formats.range(draft.to.start, draft.to.end, zone)}</span>
      <span className="tabular">
        {draft.kind === 'resize' && draft.to.end !== draft.appointment.end && (
          <span className="soft">{minutes(draft.appointment.end)} → </span>
        )}
        {minutes(draft.to.end)}
      </span>
      {draft.kind === 'create' && <span>{words.whose(draft.to.column, draft.to.doctorId)}</span>}
    </>
  );
};

const StretchButtons = ({ onStretch }: { onStretch: (step: 1 | -1) => void }) => {
  const { t } = useTranslation();
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => onStretch(-1)}>
        {t('board.move.shorter')}
        <KeyCaps combo="Shift+ArrowUp" />
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onStretch(1)}>
        {t('board.move.longer')}
        <KeyCaps combo="Shift+ArrowDown" />
      </Button>
    </>
  );
};
