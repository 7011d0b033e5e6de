import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import { useLive } from '../../api/live.ts';
import { useConnected } from '../../api/sync-state.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { alertIcons } from '../../ui/icons.ts';
import classes from './booking.module.css';
import type { Booking } from './use-booking.ts';

const TABLES = ['slot_leases', 'appointments', 'outbox'];

/** Without a connection: whether the time is kept for this desk, before anybody is told that it is theirs. */
export const PromiseNote = ({ booking }: { booking: Booking }) => {
  const { t } = useTranslation();
  const connected = useConnected();
  const kept = useIsKept(booking, !connected);
  if (connected || kept === undefined || booking.error) return null;
  const name = kept ? 'certain' : 'provisional';
  const Icon = alertIcons[name];
  return (
    <div className={classes['promise']} data-promise={name}>
      <Icon size={18} stroke={2} aria-hidden="true" />
      <Text>{t(`booking.promise.${name}`)}</Text>
    </div>
  );
};

/** Whether all of the time is kept for this desk; undefined while it is not known. */
const useIsKept = ({ slot, end, zone }: Booking, asks: boolean): boolean | undefined => {
  const { location } = useClinic();
  const date = Temporal.Instant.from(slot.start).toZonedDateTimeISO(zone).toPlainDate().toString();
  const locationId = slot.locationId ?? location.id;
  const { data } = useLive('keptSlots', asks ? { date, locationId } : null, TABLES);
  if (!data) return undefined;
  const own = data.filter((one) => one.own && one.doctorId === slot.doctorId);
  let reached = slot.start;
  for (const one of own) if (one.start <= reached && one.end > reached) reached = one.end;
  return reached >= end;
};
