import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Waiting } from '../../../src-main/contract/appointment.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { select, useScreen } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { useKeys } from '../../app/use-keys.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DoctorStrip } from './doctor-strip.tsx';
import { useCallNext } from './use-call-next.ts';
import { WaitingItem } from './waiting-item.tsx';
import classes from './waiting-room.module.css';

const TABLES = ['appointments', 'patients', 'outbox', 'refusals'];

/**
 * Who is here, for whom, and for how long; who is still expected. One line is chosen: the arrows choose, the
 * panel beside it has every step and its key.
 */
export const WaitingRoom = () => {
  const { t } = useTranslation();
  const { location, zone } = useClinic();
  const errorText = useErrorText();
  const { data, error } = useLive('waitingRoom', { locationId: location.id }, TABLES);
  const [doctorId, setDoctorId] = useKept<string | null>('doctorId', null);
  const shown = data && ofDoctor(data, doctorId);
  const lines = shown ? [...shown.here, ...shown.expected, ...shown.done] : [];
  const rooms = useRoving(lines);
  const callNext = useCallNext();
  const callKey = (): void => {
    const waiting = data?.here.find(({ appointment }) => appointment.id === rooms.activeId);
    const doctor = doctorId ?? waiting?.appointment.doctorId;
    if (doctor) void callNext(doctor);
    else toastProblem(t('waitingRoom.whichDoctor'));
  };
  useKeys({ callNext: callKey });

  if (error && !data) return <EmptyState title={t('waitingRoom.title')} text={errorText(error, zone)} />;
  if (!data || !shown) return null;
  const part = { active: rooms.activeId, onChoose: rooms.choose };
  return (
    <section
      ref={rooms.box}
      className={classes['room']}
      aria-labelledby="waiting-title"
      onKeyDown={rooms.onKeyDown}
    >
      <header className={classes['head']}>
        <h1 id="waiting-title">{t('waitingRoom.title')}</h1>
        <p className="soft">{t('waitingRoom.keys')}</p>
      </header>
      <DoctorStrip
        room={data}
        chosen={doctorId}
        onChoose={setDoctorId}
        onCall={(doctor) => void callNext(doctor)}
      />
      <Part title={t('waitingRoom.here')} lines={shown.here} none={t('waitingRoom.nobodyHere')} {...part} />
      <Part
        title={t('waitingRoom.expected')}
        lines={shown.expected}
        none={t('waitingRoom.nobodyExpected')}
        {...part}
      />
      {shown.done.length > 0 && <Part title={t('waitingRoom.done')} lines={shown.done} none="" {...part} />}
    </section>
  );
};

/** The parts of the room with one doctor's patients only; null is everybody's. */
const ofDoctor = ({ here, expected, done }: CallOutput<'waitingRoom'>, doctorId: string | null) => {
  const only = (lines: readonly Waiting[]) =>
    lines.filter(({ appointment }) => doctorId === null || appointment.doctorId === doctorId);
  return { here: only(here), expected: only(expected), done: only(done) };
};

interface PartProps {
  title: string;
  lines: readonly Waiting[];
  none: string;
  active: string | undefined;
  onChoose: (line: Waiting) => void;
}

const Part = ({ title, lines, none, active, onChoose }: PartProps) => {
  const { t } = useTranslation();
  return (
    <section className={classes['part']}>
      <h2>
        {title}
        <span className="soft"> · {t('waitingRoom.count', { count: lines.length })}</span>
      </h2>
      {lines.length === 0 && <p className="soft">{none}</p>}
      <ul>
        {lines.map((line) => (
          <WaitingItem
            key={line.appointment.id}
            line={line}
            active={line.appointment.id === active}
            onChoose={() => onChoose(line)}
          />
        ))}
      </ul>
    </section>
  );
};

/** One tab stop for all lines. The focus stays with the person when a step moves them to another part. */
const useRoving = (lines: readonly Waiting[]) => {
  const box = useRef<HTMLElement>(null);
  const selected = useScreen((screen) => screen.selected);
  const chosen = lines.find(({ appointment }) => appointment.id === selected?.id);
  const active = chosen ?? lines[0];
  const activeId = active?.appointment.id;
  const choose = (line: Waiting | undefined): void => {
    if (line && line.appointment.id !== selected?.id) select(line.appointment);
  };
  const focus = (id: string | undefined): void =>
    box.current?.querySelector<HTMLElement>(`[data-line="${id}"]`)?.focus();

  const go = (step: number): void => {
    const at = lines.findIndex(({ appointment }) => appointment.id === activeId);
    const next = lines[Math.min(lines.length - 1, Math.max(0, at + step))];
    choose(next);
    focus(next?.appointment.id);
  };
  /** The line that had the focus before this reading: it may stand in another part now, as a new element. */
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) focus(activeId);
    hadFocus.current = box.current?.contains(document.activeElement) ?? false;
  });
  useKeys({ enterBoard: () => focus(activeId) });

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    go(step);
  };
  return { box, activeId, choose, onKeyDown };
};
