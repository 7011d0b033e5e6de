import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import type { Column } from './columns.ts';
import type { Draft } from './use-draft.ts';
import { holdText } from './words.ts';

/** What the board says of a draft. */
export const useDraftWords = () => {
  const { t } = useTranslation();
  const { zone, doctors, location } = useClinic();
  const formats = useFormats();
  const doctorName = (id: string): string => {
    const doctor = doctors.find((one) => one.id === id);
    return doctor ? formats.name(doctor.name) : '';
  };
  const roomName = (id: string | null): string => {
    const room = location.rooms.find((one) => one.id === id);
    return room ? formats.name(room.name) : t('board.noRoom');
  };
  return {
    doctorName,
    /** Whose time it is, with the room where the columns are rooms. */
    whose: ({ of }: Column, doctorId: string): string =>
      of.kind === 'room' ? `${doctorName(doctorId)}, ${roomName(of.id)}` : doctorName(doctorId),
    title: (draft: Draft): string =>
      draft.kind === 'create' ? t('board.move.new') : fullName(draft.appointment.patient),
    /** Why it could not stand there, as one sentence; null when it could. */
    problem: ({ verdict }: Draft): string | null => {
      if (verdict.kind === 'free' || verdict.kind === 'same') return null;
      if (verdict.kind !== 'taken') return t(`board.move.${verdict.kind}`);
      const { appointment, heldBy, kept, doctorId, start, end } = verdict.by;
      const values = { doctor: doctorName(doctorId), time: formats.range(start, end, zone) };
      if (appointment) return t('errors.slot_taken', { ...values, patient: fullName(appointment.patient) });
      return kept ? t('board.move.kept') : t('board.move.held', { ...values, desk: heldBy ?? '' });
    },
    /** The same in as few words as a ghost has room for. */
    shortProblem: ({ verdict }: Draft): string | null => {
      if (verdict.kind === 'free' || verdict.kind === 'same') return null;
      if (verdict.kind !== 'taken') return t(`board.move.short.${verdict.kind}`);
      const { appointment, start, end } = verdict.by;
      const who = appointment ? fullName(appointment.patient) : holdText(t, verdict.by);
      return `${who}, ${formats.range(start, end, zone)}`;
    },
  };
};
