import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import type { Gap } from '../../../src-main/contract/waiting-list.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { EntryLine } from './entry-line.tsx';
import { useGiveTime } from './use-give-time.ts';
import classes from './waiting-list.module.css';

type Fit = CallOutput<'fitsForGap'>[number];

/** Who would come for a gap, as they change; null until it is known. */
export const useFits = (gap: Gap): Fit[] | null =>
  useLive('fitsForGap', gap, ['waiting_list_entries', 'appointments', 'doctor_time_slots', 'patients'])
    .data ?? null;

/** Who would come for a gap, in turn, each with the phone number; Enter on one books. */
export const WouldCome = ({
  gap,
  fits,
  narrow = false,
  onBooked,
}: {
  gap: Gap;
  fits: readonly Fit[];
  /** In the panel, where a line has no room beside it. It does not take the focus there. */
  narrow?: boolean;
  onBooked?: () => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const giveTime = useGiveTime();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (!narrow) list.current?.querySelector('button')?.focus();
  }, [narrow]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.contains(document.activeElement));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  const give = async (fit: Fit): Promise<void> => {
    if (await giveTime(fit, fit.slotId)) onBooked?.();
  };
  const when = formats.moment(gap.start, zoneOf(gap.locationId));
  return (
    <ul
      ref={list}
      className={narrow ? `${classes['list']} ${classes['narrow']}` : classes['list']}
      onKeyDown={onKeyDown}
    >
      {fits.map((fit) => (
        <li key={fit.id}>
          <EntryLine entry={fit} />
          <Button
            size="sm"
            variant="default"
            flex="none"
            aria-label={t('waitingList.gap.bookName', { name: fullName(fit.patient), when })}
            onClick={() => void give(fit)}
          >
            {t('waitingList.gap.book')}
          </Button>
        </li>
      ))}
    </ul>
  );
};
