import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { isOwnedOutside } from '../../ui/outside.ts';
import { useBoard } from './board-state.ts';
import { type Column, minutesIn } from './columns.ts';
import { followPointer } from './follow-pointer.ts';

const MINUTE_MS = 60_000;
/** Lengths go in steps of five minutes, and five is the least. */
export const STEP_MINUTES = 5;
const MOST_MINUTES = 720;
/** How much of a card's lower edge takes it by the end and not as a whole. */
const GRIP_PX = 7;

const resizable: readonly Appointment['status'][] = ['pending', 'scheduled', 'arrived', 'ready', 'in_room'];

/** Whether the length of an appointment can still be changed, and here. */
export const canResize = (appointment: Appointment): boolean =>
  resizable.includes(appointment.status) && !isOwnedOutside(appointment);

/** Whether a point of the window lies on the lower edge of a card. */
export const isOnGrip = (card: Element, y: number): boolean =>
  y > card.getBoundingClientRect().bottom - GRIP_PX;

/** The end of an appointment that takes so many minutes, at least five; ISO 8601 UTC. */
export const endAfter = ({ start }: Appointment, minutes: number): string => {
  const length = Math.min(MOST_MINUTES, Math.max(STEP_MINUTES, minutes));
  return new Date(Date.parse(start) + length * MINUTE_MS).toISOString();
};

const minutesOf = (appointment: Appointment, end = appointment.end): number =>
  (Date.parse(end) - Date.parse(appointment.start)) / MINUTE_MS;

const snap = (minutes: number): number => Math.round(minutes / STEP_MINUTES) * STEP_MINUTES;

/** Sends what `resizing` holds, and lets go of it. */
export const useSendResize = () => {
  const { resize } = useAppointmentActions();
  return useCallback((): void => {
    const { resizing } = useBoard.getState();
    useBoard.setState({ resizing: null });
    if (!resizing || resizing.end === resizing.appointment.end) return;
    void resize(resizing.appointment, minutesOf(resizing.appointment, resizing.end));
  }, [resize]);
};

/** One step longer (1) or shorter (-1) by keys, or as it is (0): a draft until it is sent. False where none can be. */
export const stretchBy = (appointment: Appointment, step: 1 | 0 | -1): boolean => {
  if (!canResize(appointment)) return false;
  useBoard.setState(({ resizing }) => {
    const before = resizing?.appointment.id === appointment.id ? resizing.end : appointment.end;
    const end =
      step === 0 ? before : endAfter(appointment, snap(minutesOf(appointment, before) + step * STEP_MINUTES));
    return { creating: null, resizing: { appointment, end, by: 'keys' } };
  });
  return true;
};

/** Makes cards longer and shorter by their lower edge. Answers what to do when a pointer goes down there. */
export const useResize = (
  scroller: RefObject<HTMLElement | null>,
  columns: readonly Column[],
  pxPerMinute: number,
  onLost: (appointment: Appointment) => void,
) => {
  const send = useSendResize();
  const latest = useRef({ columns, pxPerMinute });
  latest.current = { columns, pxPerMinute };
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  useEffect(() => {
    const { resizing } = useBoard.getState();
    if (!resizing) return;
    const now = columns
      .flatMap(({ appointments }) => appointments)
      .find(({ id }) => id === resizing.appointment.id);
    if (now === resizing.appointment) return;
    if (now && canResize(now)) return useBoard.setState({ resizing: { ...resizing, appointment: now } });
    stop.current?.();
    useBoard.setState({ resizing: null });
    onLost(resizing.appointment);
  }, [columns, onLost]);

  return useCallback(
    (event: PointerEvent, appointment: Appointment, column: Column): void => {
      const element = scroller.current;
      const face = element?.querySelector(`[data-column="${column.key}"]`);
      if (!element || !face) return;
      stop.current = followPointer(event, element, {
        aim: (_, y) => {
          const minutes = (y - face.getBoundingClientRect().top) / latest.current.pxPerMinute;
          const end = endAfter(appointment, snap(minutes - minutesIn(column, appointment.start)));
          useBoard.setState(({ resizing }) =>
            resizing?.end === end
              ? {}
              : { resizing: { appointment: resizing?.appointment ?? appointment, end, by: 'pointer' } },
          );
        },
        end: (drop) => {
          stop.current = null;
          if (drop) send();
          else useBoard.setState({ resizing: null });
        },
      });
    },
    [scroller, send],
  );
};
