import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../src-main/contract/appointment.ts';
import type { CallInput, CallResult } from '../../src-main/contract/calls.ts';
import type { CallError } from '../../src-main/contract/errors.ts';
import type { SeriesScope } from '../../src-main/contract/series.ts';
import { call } from '../api/client.ts';
import { useFormats } from '../i18n/format.ts';
import { fullName } from '../ui/person-name.tsx';
import { useClinic } from './clinic-data.tsx';
import { offerGap } from './gap-offer.ts';
import { useErrorText } from './messages.ts';
import { punctuality } from './punctuality.ts';
import { openDialog, type SlotChoice } from './screen.ts';
import { askScope } from './series-scope.ts';
import { toast, toastProblem } from './toasts.tsx';

type MoveTo = CallInput<'moveOn'>['to'];

/**
 * What can be done to an appointment, the same way from the board, the waiting room and a patient's page: makes
 * the call, says so in a toast with Undo, opens the dialog that a refusal asks for. Each answers whether it was
 * done.
 */
export const useAppointmentActions = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone, zoneOf, locations } = useClinic();

  return useMemo(() => {
    const problem = (error: CallError): false => {
      toastProblem(errorText(error, zone));
      return false;
    };
    const done = async (result: Promise<CallResult<'book'>>): Promise<boolean> => {
      const answer = await result;
      return answer.ok || problem(answer.error);
    };
    const said = (text: string, undo?: () => Promise<CallResult<'book'>>): true => {
      toast(text, undo && (() => done(undo())));
      return true;
    };
    const roomName = (roomId: string | null): string => {
      const room = locations.flatMap(({ rooms }) => rooms).find(({ id }) => id === roomId);
      return room ? formats.name(room.name) : t('board.noRoom');
    };
    const moveBack = (appointmentId: string, to: MoveTo) => () => call('moveOn', { appointmentId, to });

    /** Cancels those of a series that are still to come; Undo puts back whichever still can be. */
    const cancelSeries = async (
      appointment: Appointment,
      scope: SeriesScope,
      reason: string,
    ): Promise<boolean> => {
      const answer = await call('cancelSeries', { appointmentId: appointment.id, scope, reason });
      if (!answer.ok) return problem(answer.error);
      const name = fullName(appointment.patient);
      toast(t('series.done.cancelled', { count: answer.value.length, name }), async () => {
        const restored = await Promise.all(
          answer.value.map(({ id }) => done(call('restore', { appointmentId: id }))),
        );
        return restored.every(Boolean);
      });
      return true;
    };

    return {
      checkIn: async (appointment: Appointment, contactConfirmed = false): Promise<boolean> => {
        const answer = await call('checkIn', { appointmentId: appointment.id, contactConfirmed });
        if (answer.ok) {
          if (appointment.status === 'arrived') return true;
          const off = punctuality(appointment.start, Date.now());
          const text = t('board.done.checkIn', { name: fullName(appointment.patient) });
          return said(
            off ? `${text} ${t(`checkIn.${off.came}`, { count: off.count })}` : text,
            moveBack(appointment.id, 'scheduled'),
          );
        }
        if (answer.error.code !== 'contact_unconfirmed') return problem(answer.error);
        openDialog({ kind: 'confirmContact', appointment, details: answer.error.details });
        return false;
      },
      moveOn: async (appointment: Appointment, to: MoveTo): Promise<boolean> => {
        const from = appointment.status;
        const answer = await call('moveOn', { appointmentId: appointment.id, to });
        if (!answer.ok) return problem(answer.error);
        const text = t('board.done.moveOn', {
          name: fullName(appointment.patient),
          status: t(`status.${to}`),
        });
        return said(text, canReturn(from, to) ? moveBack(appointment.id, from) : undefined);
      },
      /** Notes that the patient will come, or takes that back. */
      confirm: async (appointment: Appointment): Promise<boolean> => {
        const input = { appointmentId: appointment.id };
        const name = fullName(appointment.patient);
        const was = appointment.confirmedAt !== null;
        const answer = await (was ? call('unconfirm', input) : call('confirm', input));
        if (!answer.ok) return problem(answer.error);
        return was
          ? said(t('calls.done.unconfirmed', { name }), () => call('confirm', input))
          : said(t('calls.done.confirmed', { name }), () => call('unconfirm', input));
      },
      cancel: async (appointment: Appointment, reason: string): Promise<boolean> => {
        const scope = await askScope(appointment, 'cancel');
        if (scope === null) return false;
        if (scope !== 'this') return cancelSeries(appointment, scope, reason);
        const answer = await call('cancel', { appointmentId: appointment.id, reason });
        if (!answer.ok) return problem(answer.error);
        void offerGap(appointment);
        // A request that was declined comes back booked and not requested: no Undo, but a step of its own in the panel.
        const declined = appointment.status === 'pending';
        return said(
          t(declined ? 'board.done.decline' : 'board.done.cancel', {
            name: fullName(appointment.patient),
            time: formats.time(appointment.start, zoneOf(appointment.locationId)),
          }),
          declined ? undefined : () => call('restore', { appointmentId: appointment.id }),
        );
      },
      noShow: async (appointment: Appointment): Promise<boolean> => {
        const answer = await call('noShow', { appointmentId: appointment.id });
        if (!answer.ok) return problem(answer.error);
        void offerGap(appointment);
        return said(t('board.done.noShow', { name: fullName(appointment.patient) }), () =>
          call('restore', { appointmentId: appointment.id }),
        );
      },
      restore: async (appointment: Appointment): Promise<boolean> => {
        const answer = await call('restore', { appointmentId: appointment.id });
        if (!answer.ok) return problem(answer.error);
        return said(t('board.done.restore', { name: fullName(appointment.patient) }));
      },
      /** Moves to another slot; a clash opens the dialog with the next free times. */
      reschedule: async (
        appointment: Appointment,
        slot: SlotChoice,
        overbook?: { reason: string },
      ): Promise<boolean> => {
        const scope = await askScope(appointment, 'reschedule');
        if (scope === null) return false;
        if (scope !== 'this') {
          openDialog({ kind: 'changeSeries', appointment, slot, scope });
          return false;
        }
        const answer = await call('reschedule', {
          appointmentId: appointment.id,
          slotId: slot.slotId,
          ...(slot.roomId === undefined ? {} : { roomId: slot.roomId }),
          ...(overbook ? { overbook } : {}),
        });
        if (!answer.ok) {
          openDialog({ kind: 'moveRefused', appointment, slot, error: answer.error });
          return false;
        }
        const name = fullName(appointment.patient);
        const inPlace = answer.value.start === appointment.start && slot.roomId !== undefined;
        const text = inPlace
          ? t('board.done.room', { name, room: roomName(answer.value.roomId) })
          : t('board.done.reschedule', {
              name,
              from: formats.moment(appointment.start, zoneOf(appointment.locationId)),
              to: formats.moment(slot.start, zoneOf(slot.locationId)),
            });
        const { id: appointmentId, slotId: back, roomId } = appointment;
        return said(
          text,
          back === null ? undefined : () => call('reschedule', { appointmentId, slotId: back, roomId }),
        );
      },
      /** Makes it so many minutes long; what is in the way opens the dialog that offers an overbook. */
      resize: async (
        appointment: Appointment,
        minutes: number,
        overbook?: { reason: string },
      ): Promise<boolean> => {
        const { id: appointmentId } = appointment;
        const before = (Date.parse(appointment.end) - Date.parse(appointment.start)) / 60_000;
        const answer = await call('resize', {
          appointmentId,
          durationMinutes: minutes,
          ...(overbook ? { overbook } : {}),
        });
        if (!answer.ok) {
          const { code } = answer.error;
          if (code !== 'slot_taken' && code !== 'does_not_fit') return problem(answer.error);
          openDialog({ kind: 'resizeRefused', appointment, minutes, error: answer.error });
          return false;
        }
        return said(
          t('board.done.resize', {
            name: fullName(appointment.patient),
            minutes: t('app.minutes', { count: minutes }),
            time: formats.time(answer.value.end, zoneOf(appointment.locationId)),
          }),
          () => call('resize', { appointmentId, durationMinutes: before }),
        );
      },
    };
  }, [t, formats, errorText, zone, zoneOf, locations]);
};

/** The moves of front-desk.md that lead back, and so can be taken back with one key. */
const canReturn = (from: Appointment['status'], to: MoveTo): from is MoveTo =>
  (to === 'ready' && from === 'arrived') ||
  (to === 'in_room' && from === 'ready') ||
  (to === 'completed' && from === 'in_room') ||
  (to === 'scheduled' && from === 'arrived') ||
  (to === 'arrived' && from === 'ready') ||
  (to === 'ready' && from === 'in_room') ||
  (to === 'in_room' && from === 'completed');
