import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useNow } from '../../app/clock.ts';
import { alertsOf } from '../../ui/alert-icons.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { shownStatus } from '../../ui/shown-status.ts';
import { Glyph } from './glyph.tsx';
import type { Placed } from './lanes.ts';
import { canResize } from './use-resize.ts';
import type { Words } from './words.ts';
import './card.css';

/** Heights from which a card has room for two, three and four lines. */
const lineSteps = [34, 54, 74];

interface CardProps extends Placed {
  words: Words;
  /** The board's cursor is on it: it is the board's one tab stop. */
  current: boolean;
  /** The panel shows it. */
  selected: boolean;
  /** It was taken up and is on its way elsewhere. */
  moving: boolean;
  /** The filter leaves it out, and it is here to show that the room is taken. */
  standsBack: boolean;
}

/** An appointment on the board: who, then what and how far, in as many lines as its time gives it. */
export const Card = memo(
  ({ appointment, top, height, left, width, words, current, selected, moving, standsBack }: CardProps) => {
    const { formats, doctorName } = words;
    const status = shownStatus(appointment);
    const lines = 1 + lineSteps.filter((step) => height >= step).length;
    const reason =
      appointment.reason ?? (appointment.visitType ? formats.name(appointment.visitType) : undefined);
    const what = doctorName ? doctorName(appointment.doctorId) : reason;
    const time = words.range(appointment.start, appointment.end);
    return (
      <button
        type="button"
        id={`cell-${appointment.id}`}
        className="board-card"
        data-card={appointment.id}
        data-status={status}
        data-lines={lines}
        aria-pressed={selected}
        data-moving={moving || undefined}
        data-back={standsBack || undefined}
        data-fixed={!canResize(appointment) || undefined}
        data-promise={appointment.promise ?? undefined}
        data-conflict={appointment.alerts.conflict || undefined}
        tabIndex={current ? 0 : -1}
        style={{ top, height, left: `calc(${left * 100}% + 2px)`, width: `calc(${width * 100}% - 4px)` }}
      >
        <span className="card-name">{fullName(appointment.patient)}</span>
        {lines >= 3 && (
          <span className="card-what">
            <span className="tabular">{time}</span>
            {what && ` · ${what}`}
          </span>
        )}
        <span className="card-status">
          <span className="status">
            <Glyph name={status} />
            {words.status[status]}
          </span>
          <Waited appointment={appointment} />
          {lines < 3 && <span className="sr-only">{time}</span>}
          {lines === 2 && what && <span className="card-what">· {what}</span>}
          <OutsideMark appointment={appointment} words={words} />
          <Alerts appointment={appointment} words={words} />
        </span>
      </button>
    );
  },
);

/** Where else it stands, in a word. */
const OutsideMark = ({ appointment, words }: { appointment: Appointment; words: Words }) => {
  const said = words.outside(appointment);
  if (!said) return null;
  return (
    <span
      className="outside-mark"
      data-waiting={appointment.outside?.waiting || undefined}
      data-problem={appointment.outside?.problem != null || undefined}
      title={said.text}
    >
      <span aria-hidden="true">{said.mark}</span>
      <span className="sr-only">{said.text}</span>
    </span>
  );
};

/** What to notice about it, as small icons, each with its text behind it. */
const Alerts = ({ appointment, words }: { appointment: Appointment; words: Words }) => {
  const names = alertsOf(appointment);
  if (names.length === 0) return null;
  return (
    <span className="alerts">
      {names.map((name) => {
        const text = words.alert(name, appointment.overbookReason);
        return (
          <span
            key={name}
            className="alert glyph"
            data-alert={name}
            data-glyph={name}
            role="img"
            aria-label={text}
            title={text}
          />
        );
      })}
    </span>
  );
};

/** How long somebody who is here has waited; renews itself, so that the card does not have to. */
const Waited = ({ appointment }: { appointment: Appointment }) => {
  const waits = appointment.status === 'arrived' || appointment.status === 'ready';
  return waits && appointment.arrivedAt ? <Minutes since={appointment.arrivedAt} /> : null;
};

const Minutes = ({ since }: { since: string }) => {
  const { t } = useTranslation();
  const count = Math.max(0, Math.floor((useNow() - Date.parse(since)) / 60_000));
  return <span className="card-waited tabular">{t('app.minutes', { count })}</span>;
};
