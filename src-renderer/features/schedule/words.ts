import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { type Formats, useFormats } from '../../i18n/format.ts';
import type { AlertName } from '../../ui/alert-icons.tsx';
import { statusIcons } from '../../ui/icons.ts';
import { useOutsideWords } from '../../ui/outside.ts';
import type { ShownStatus } from '../../ui/shown-status.ts';
import { useBoard } from './board-state.ts';
import type { BoardHold, Column, Taker } from './columns.ts';

/**
 * What every card says things with. Handed down and looked up once, since eight hundred cards that each ask for their
 * words, and for the same thirty times of a day, are slow to open.
 */
export interface Words {
  t: TFunction;
  formats: Formats;
  zone: string;
  status: Record<ShownStatus, string>;
  alert: (name: AlertName, reason: string | null) => string;
  /** Where an appointment stands outside, as short as a card has room for, and whole; null where it stands here alone. */
  outside: (appointment: Appointment) => { mark: string; text: string } | null;
  /** Why nobody is booked into a stretch. */
  blocked: (block: Column['blocked'][number]) => string;
  /** For which desk a time is held or kept. */
  hold: (hold: BoardHold) => string;
  /** 09:15–09:30 */
  range: (start: string, end: string) => string;
  /** Where the columns are rooms: whose appointment it is. */
  doctorName: ((doctorId: string) => string) | null;
}

const statuses = Object.keys(statusIcons) as ShownStatus[];

/** The words of the board in the language of the screen. */
export const useWords = (): Words => {
  const { t } = useTranslation();
  const { zone, doctors } = useClinic();
  const formats = useFormats();
  const outsideWords = useOutsideWords();
  const byRoom = useBoard((board) => board.by === 'room');
  return useMemo(() => {
    const time = remember((at) => formats.time(at, zone));
    const plain = remember((name) => t(`alerts.${name as AlertName}`));
    const names = new Map(doctors.map(({ id, name }) => [id, formats.name(name)]));
    return {
      t,
      formats,
      zone,
      status: Object.fromEntries(
        statuses.map((status) => [status, t(`status.${status}`)]),
      ) as Words['status'],
      alert: (name, reason) =>
        name === 'overbooked' ? t('alerts.overbooked', { reason: reason ?? '' }) : plain(name),
      outside: (appointment) =>
        appointment.outside && {
          mark: t(`outside.mark.${appointment.outside.source}`),
          text: outsideWords(appointment).join('. '),
        },
      blocked: ({ reason, source }) => {
        if (source === null) return reason ?? t('board.blocked');
        const from = t(`outside.source.${source}`);
        return reason
          ? t('outside.blockedBy', { source: from, reason })
          : t('outside.blocked', { source: from });
      },
      hold: (hold) => holdText(t, hold),
      range: (start, end) => `${time(start)}–${time(end)}`,
      doctorName: byRoom ? (id) => names.get(id) ?? '' : null,
    };
  }, [t, formats, zone, doctors, byRoom, outsideWords]);
};

/** For which desk a time is held or kept, in a few words. */
export const holdText = (t: TFunction, { heldBy, kept = false }: Pick<Taker, 'heldBy' | 'kept'>): string => {
  if (!heldBy) return t(kept ? 'board.keptElsewhere' : 'board.heldSomewhere');
  return t(kept ? 'board.keptFor' : 'board.held', { desk: heldBy });
};

/** A function of a text that works each answer out once. */
const remember = (work: (text: string) => string) => {
  const known = new Map<string, string>();
  return (text: string): string => {
    const answer = known.get(text) ?? work(text);
    known.set(text, answer);
    return answer;
  };
};
