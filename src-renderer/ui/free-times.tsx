import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { FreeTime } from '../../src-main/contract/appointment.ts';
import { useClinic } from '../app/clinic-data.tsx';
import { useFormats } from '../i18n/format.ts';
import classes from './free-times.module.css';

/** Free times to choose from, each a button; the arrows go from one to the next, Enter takes it. */
export const FreeTimes = ({
  times,
  none,
  takesFocus = false,
  onTake,
}: {
  times: readonly FreeTime[];
  /** What to say when there are none. */
  none: string;
  /** The soonest one has the focus as soon as it is shown. */
  takesFocus?: boolean;
  onTake: (time: FreeTime) => void;
}) => {
  const formats = useFormats();
  const { zoneOf, location, locations } = useClinic();
  /** Said only of a time that is elsewhere than the board. */
  const elsewhere = ({ locationId }: FreeTime): string => {
    const place = locationId === location.id ? undefined : locations.find(({ id }) => id === locationId);
    return place ? ` · ${formats.name(place.name)}` : '';
  };
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (takesFocus) list.current?.querySelector('button')?.focus();
  }, [takesFocus]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.contains(document.activeElement));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  if (times.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul ref={list} className={classes['times']} onKeyDown={onKeyDown}>
      {times.map((time) => (
        <li key={`${time.slotId}${time.doctorId}`}>
          <Button variant="default" fullWidth justify="flex-start" onClick={() => onTake(time)}>
            <time dateTime={time.start}>{formats.moment(time.start, zoneOf(time.locationId))}</time>
            <span className={classes['doctor']}>
              {formats.name(time.doctorName)}
              {elsewhere(time)}
            </span>
          </Button>
        </li>
      ))}
    </ul>
  );
};
