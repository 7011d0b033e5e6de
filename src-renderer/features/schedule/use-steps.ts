import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import type { KeyName } from '../../app/keys.ts';
import { goTo, openDialog, openPatient, startMoving } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import type { KeyWork } from '../../app/use-keys.ts';
import { isOwnedOutside } from '../../ui/outside.ts';
import { placeCursor } from './board-state.ts';
import { stretchBy } from './use-resize.ts';

/** Something that can be done with an appointment: its key, its words, its work. */
export interface Step {
  keyName: KeyName;
  label: string;
  work: () => void;
}

type Status = Appointment['status'];
type StepName = Extract<
  KeyName,
  | 'checkIn'
  | 'accept'
  | 'decline'
  | 'ready'
  | 'inRoom'
  | 'complete'
  | 'left'
  | 'stepBack'
  | 'confirm'
  | 'cancel'
  | 'noShow'
  | 'openPatient'
  | 'cut'
  | 'resize'
>;

/** What an outside system that owns an appointment does alone. */
const theirs: readonly StepName[] = ['cut', 'resize', 'cancel'];

/** The step that a receptionist most likely wants next (front-desk.md: who moves a status). */
const nextOf: Partial<Record<Status, StepName>> = {
  pending: 'accept',
  scheduled: 'checkIn',
  arrived: 'ready',
  ready: 'inRoom',
  in_room: 'complete',
  cancelled: 'stepBack',
  no_show: 'stepBack',
};

/** What else is offered as a button in each status. Every key acts all the same; the core refuses what may not be. */
const othersOf: Partial<Record<Status, readonly StepName[]>> = {
  held: ['cancel'],
  pending: ['decline', 'cut', 'resize'],
  scheduled: ['confirm', 'cut', 'resize', 'cancel', 'noShow'],
  arrived: ['inRoom', 'stepBack', 'resize', 'left'],
  ready: ['stepBack', 'resize', 'left'],
  in_room: ['stepBack', 'resize'],
  completed: ['stepBack'],
};

const backFrom: Partial<Record<Status, 'scheduled' | 'arrived' | 'ready' | 'in_room'>> = {
  arrived: 'scheduled',
  ready: 'arrived',
  in_room: 'ready',
  completed: 'in_room',
};

/** The next step of an appointment, the others, and the keys of all of them. */
export const useSteps = (appointment: Appointment) => {
  const { t } = useTranslation();
  const { zone, today } = useClinic();
  const actions = useAppointmentActions();
  const { status } = appointment;
  const day = Temporal.Instant.from(appointment.start).toZonedDateTimeISO(zone).toPlainDate().toString();

  const stepBack = (): void => {
    const to = backFrom[status];
    if (to) void actions.moveOn(appointment, to);
    else void actions.restore(appointment);
  };
  /** What is another system's to change: the key says so instead. */
  const owned = isOwnedOutside(appointment);
  const unlessOwned = (change: () => void) => () =>
    owned ? toastProblem(t('errors.owned_outside', { source: t('outside.source.idexx') })) : change();
  const cancel = unlessOwned(() => openDialog({ kind: 'cancel', appointment }));
  const work = {
    ...(status === 'pending'
      ? { accept: () => void actions.moveOn(appointment, 'scheduled'), decline: cancel }
      : { checkIn: () => void actions.checkIn(appointment), cancel }),
    ready: () => void actions.moveOn(appointment, 'ready'),
    inRoom: () => void actions.moveOn(appointment, 'in_room'),
    complete: () => void actions.moveOn(appointment, 'completed'),
    left: () => void actions.moveOn(appointment, 'left'),
    stepBack,
    confirm: () => void actions.confirm(appointment),
    noShow: () => void actions.noShow(appointment),
    openPatient: () => openPatient(appointment.patient.id),
    cut: unlessOwned(() => {
      startMoving(appointment);
      goTo('board');
    }),
    resize: unlessOwned(() => {
      placeCursor({ column: '', kind: 'card', id: appointment.id, at: appointment.start });
      stretchBy(appointment, 0);
      goTo('board');
      requestAnimationFrame(() => document.getElementById(`cell-${appointment.id}`)?.focus());
    }),
  } satisfies KeyWork;

  const label = (keyName: StepName): string => {
    if (keyName === 'stepBack' && !backFrom[status]) return t('board.steps.restore');
    if (keyName === 'confirm')
      return t(appointment.confirmedAt ? 'calls.steps.unconfirm' : 'calls.steps.confirm');
    return t(`board.steps.${keyName}`);
  };
  const step = (keyName: StepName): Step[] => {
    const does = (work as Partial<Record<StepName, () => void>>)[keyName];
    return does ? [{ keyName, label: label(keyName), work: does }] : [];
  };

  const nextKey = status === 'cancelled' && owned ? undefined : nextOf[status];
  const notYet = nextKey === 'checkIn' && status === 'scheduled' && day !== today;
  const [next] = nextKey && !notYet ? step(nextKey) : [];
  const others = [...(othersOf[status] ?? []), 'openPatient' as const]
    .filter((name) => !owned || !theirs.includes(name))
    .flatMap(step);
  return { next, others, keys: work };
};
