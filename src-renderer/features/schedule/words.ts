import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { type Formats, useFormats } from '../../i18n/format.ts';
import type { AlertName } from '../../ui/alert-icons.tsx';
import { statusIcons } from '../../ui/icons.ts';
import type { ShownStatus } from '../../ui/shown-status.ts';
import { useBoard } from './board-state.ts';

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
      range: (start, end) => `${time(start)}–${time(end)}`,
      doctorName: byRoom ? (id) => names.get(id) ?? '' : null,
    };
  }, [t, formats, zone, doctors, byRoom]);
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
