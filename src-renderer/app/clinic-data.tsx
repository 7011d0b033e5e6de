import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Right } from '../../src-main/contract/calls.ts';
import type { Clinic, Doctor, Location, Specialty } from '../../src-main/contract/clinic.ts';
import { useLive } from '../api/live.ts';
import { useNow } from './clock.ts';
import { Opening } from './opening.tsx';
import { usePreferences } from './preferences.ts';
import { useScreen } from './screen.ts';

/** What every screen knows of the clinic, and the location and day that are looked at. */
export interface ClinicData {
  clinic: Clinic;
  locations: readonly Location[];
  /** The location that is chosen. */
  location: Location;
  /** The chosen location's time zone. */
  zone: string;
  /** The time zone of what happens at a location: times are told as the clocks there show them. */
  zoneOf: (locationId: string | null) => string;
  /** Every active doctor, in board order. */
  doctors: readonly Doctor[];
  specialties: readonly Specialty[];
  /** What the person at the desk may do. */
  rights: ReadonlySet<Right>;
  /** Today at the location, `2026-11-24`. */
  today: string;
  /** The day that is looked at. */
  date: string;
}

const Data = createContext<ClinicData | null>(null);

/** The clinic; only inside `ClinicDataProvider`. */
export const useClinic = (): ClinicData => {
  const data = useContext(Data);
  if (!data) throw new Error('useClinic outside ClinicDataProvider');
  return data;
};

/** Reads clinic, locations and doctors once and when they change; shows the opening screen until they are here. */
export const ClinicDataProvider = ({
  withoutLocation,
  children,
}: {
  /** What stands on the screen of a clinic that has no location yet. */
  withoutLocation: ReactNode;
  children: ReactNode;
}) => {
  const { t } = useTranslation();
  const clinic = useLive('clinic', {}, ['clinics', 'desks']);
  const locations = useLive('locations', {}, ['clinic_locations', 'rooms']);
  const doctors = useLive('doctors', {}, ['doctors', 'users']);
  const specialties = useLive('specialties', {}, ['specialties']);
  const me = useLive('me', {}, ['users', 'desk_state']);
  const rights = useMemo(() => me.data && new Set(me.data.rights), [me.data]);
  const usual = usePreferences((preferences) => preferences.locationId);
  const locationId = useScreen((screen) => screen.locationId) ?? usual;
  const chosenDate = useScreen((screen) => screen.date);
  const location = locations.data?.find(({ id }) => id === locationId) ?? locations.data?.[0];
  const today = useToday(location?.timezone);

  const data = useMemo(
    () =>
      clinic.data && locations.data && location && doctors.data && specialties.data && rights
        ? {
            clinic: clinic.data,
            locations: locations.data,
            location,
            zone: location.timezone,
            zoneOf: (locationId: string | null) =>
              locations.data?.find(({ id }) => id === locationId)?.timezone ?? location.timezone,
            doctors: doctors.data,
            specialties: specialties.data,
            rights,
            today,
            date: chosenDate ?? today,
          }
        : null,
    [clinic.data, locations.data, location, doctors.data, specialties.data, rights, today, chosenDate],
  );
  const error = clinic.error ?? locations.error ?? doctors.error ?? specialties.error ?? me.error;
  const reload = () => {
    for (const live of [clinic, locations, doctors, specialties, me]) live.reload();
  };
  if (!data)
    return (
      <Opening
        error={error}
        isEmpty={locations.data?.length === 0}
        withoutLocation={rights?.has('clinic.manage') ? withoutLocation : t('app.noLocation')}
        onRetry={reload}
      />
    );
  return <Data value={data}>{children}</Data>;
};

/** Today in a zone; a PC that stays on overnight turns the page by itself. */
const useToday = (zone = 'UTC'): string => {
  const now = useNow();
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString();
};
