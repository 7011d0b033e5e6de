import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { showDay } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type ShownStatus, shownStatus } from '../../ui/shown-status.ts';
import { showEveryone, toggleBy, toggleCancelled, toggleView, useBoard, zoomBy } from './board-state.ts';
import type { Column } from './columns.ts';
import { GlyphSheet } from './glyph.tsx';
import { Grid } from './grid.tsx';
import { Toolbar } from './toolbar.tsx';
import { useColumns } from './use-columns.ts';
import './board.css';

/** The clinic's day or a week: doctors or rooms over time. */
export const Board = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { columns, range, ready, filteredOut, error } = useColumns();
  useCounts(columns);
  useDayKeys();
  return (
    <div className="board">
      <h1 className="sr-only">{t('board.label')}</h1>
      <GlyphSheet />
      <Toolbar />
      {error && <EmptyState title={t('board.unreadable')} text={errorText(error, zone)} />}
      {!error && columns.length > 0 && <Grid columns={columns} range={range} />}
      {!error && filteredOut && (
        <EmptyState
          title={t('board.filteredOut')}
          text={t('board.filteredOutHint')}
          action={<Button onClick={showEveryone}>{t('board.showAll')}</Button>}
        />
      )}
      {!error && ready && columns.length === 0 && !filteredOut && (
        <EmptyState title={t('board.nobody')} text={t('board.nobodyHint')} keyName="nextDay" />
      )}
    </div>
  );
};

const useDayKeys = (): void => {
  const { date } = useClinic();
  const days = useBoard((board) => (board.view === 'week' ? 7 : 1));
  const turn = (sign: 1 | -1) =>
    showDay(
      Temporal.PlainDate.from(date)
        .add({ days: sign * days })
        .toString(),
    );
  useKeys({
    today: () => showDay(null),
    previousDay: () => turn(-1),
    nextDay: () => turn(1),
    dayOrWeek: toggleView,
    doctorOrRoom: toggleBy,
    showEveryone,
    showCancelled: toggleCancelled,
    zoomIn: () => zoomBy(1),
    zoomOut: () => zoomBy(-1),
  });
};

/** Tells the panel how many appointments of each status the board holds. */
const useCounts = (columns: readonly Column[]): void => {
  useEffect(() => {
    const counts: Partial<Record<ShownStatus, number>> = {};
    for (const { appointments } of columns) {
      for (const appointment of appointments) {
        const status = shownStatus(appointment);
        counts[status] = (counts[status] ?? 0) + 1;
      }
    }
    useBoard.setState({ counts });
  }, [columns]);
};
