import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { startMoving } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { useBoard } from './board-state.ts';
import type { Column } from './columns.ts';
import { type Move, useMove } from './use-move.ts';
import './moving.css';

/** Old time and new time of the appointment in the hand, before anything is done. */
export const MovingStrip = ({ columns, onPut }: { columns: readonly Column[]; onPut: () => void }) => {
  const { t } = useTranslation();
  const { zone, doctors } = useClinic();
  const formats = useFormats();
  const dragging = useBoard((board) => board.drag !== null);
  const move = useMove(columns);
  if (!move) return null;
  const { appointment, to, verdict } = move;
  const doctorName = (id: string): string => {
    const doctor = doctors.find((one) => one.id === id);
    return doctor ? formats.name(doctor.name) : '';
  };
  const place = (start: string, doctorId: string) => (
    <span>
      <span className="tabular">{formats.moment(start, zone)}</span> · {doctorName(doctorId)}
    </span>
  );
  return (
    <div className="moving-strip" role="status" data-verdict={to ? verdict.kind : undefined}>
      <strong>{fullName(appointment.patient)}</strong>
      {place(appointment.start, appointment.doctorId)}
      <span aria-hidden="true">→</span>
      {to ? place(to.start, to.column.doctorId) : <span className="soft">{t('board.move.choose')}</span>}
      {to && <VerdictText move={move} doctorName={doctorName(to.column.doctorId)} />}
      {!dragging && (
        <span className="moving-buttons">
          <Button size="compact-sm" disabled={!to || verdict.kind === 'same'} onClick={onPut}>
            {t('board.move.put')}
            <KeyCaps combo="Enter" />
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => startMoving(null)}>
            {t('board.move.giveUp')}
            <KeyCaps combo="Escape" />
          </Button>
        </span>
      )}
      {dragging && (
        <span className="soft">
          {t('board.move.giveUp')}
          <KeyCaps combo="Escape" />
        </span>
      )}
    </div>
  );
};

const VerdictText = ({ move: { verdict }, doctorName }: { move: Move; doctorName: string }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const formats = useFormats();
  if (verdict.kind === 'free' || verdict.kind === 'same') return null;
  if (verdict.kind !== 'taken')
    return <span className="moving-problem">{t(`board.move.${verdict.kind}`)}</span>;
  return (
    <span className="moving-problem">
      {t('errors.slot_taken', {
        doctor: doctorName,
        patient: fullName(verdict.by.patient),
        time: formats.range(verdict.by.start, verdict.by.end, zone),
      })}
    </span>
  );
};
