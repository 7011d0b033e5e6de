import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeSetting } from '../replica/desk-settings.ts';
import { clinics } from '../schema/replica/index.ts';
import { checkPin, isPinSet, keepPin } from './pin.ts';
import { OWN_STATION, type Stations } from './stations.ts';

/** Whether the screen that asks is a kiosk, and whose; `not_ready` before the first sync. */
export const kioskState = (desk: Desk, session: Session): CallResult<'kioskState'> => {
  const clinic = desk.replica.orm.select().from(clinics).get();
  if (!clinic) return refuse('not_ready');
  return ok({
    isKiosk: session.station?.kind === 'kiosk',
    clinicName: { en: clinic.name, el: clinic.nameEl ?? clinic.name },
    clinicKind: clinic.kind,
  });
};

/** Sets the PIN that leaves a kiosk at this desk. */
export const setKioskPin = async (
  desk: Desk,
  _session: Session,
  { pin }: ParsedInput<'setKioskPin'>,
): Promise<CallResult<'setKioskPin'>> => {
  await keepPin(desk, pin);
  return ok({});
};

/** Makes the desk's own screen a kiosk: whoever holds the desk's token has a kiosk's rights from the next call on. */
export const enterKiosk = (
  desk: Desk,
  _session: Session,
  { locationId }: ParsedInput<'enterKiosk'>,
): CallResult<'enterKiosk'> => {
  const refused = whyNoKiosk(desk, locationId);
  if (refused) return refused;
  writeSetting(desk.replica, OWN_STATION, { kind: 'kiosk', locationId });
  return ok({});
};

/** The calls that also need to know which other browsers are stations. */
export const stationCalls = (desk: Desk, stations: Stations) => ({
  stations: (): CallResult<'stations'> => ok({ pinSet: isPinSet(desk), open: stations.list() }),

  openStation: (_session: Session, input: ParsedInput<'openStation'>): CallResult<'openStation'> => {
    const refused =
      input.kind === 'kiosk' ? whyNoKiosk(desk, input.locationId) : noLocation(desk, input.locationId);
    return refused ?? ok(stations.issue(input, Date.parse(desk.now())));
  },

  closeStations: (): CallResult<'closeStations'> => {
    stations.closeAll();
    return ok({});
  },

  leaveKiosk: async (
    session: Session,
    { pin }: ParsedInput<'leaveKiosk'>,
  ): Promise<CallResult<'leaveKiosk'>> => {
    if (!session.station) return ok({});
    const check = await checkPin(desk, pin);
    if (!check.right) return refuse('wrong_pin', { waitSeconds: Math.ceil(check.waitMs / 1000) });
    if (stations.isOpen(session)) stations.close(session);
    else writeSetting(desk.replica, OWN_STATION, undefined);
    return ok({});
  },
});

const whyNoKiosk = (desk: Desk, locationId: string) =>
  noLocation(desk, locationId) ?? (isPinSet(desk) ? undefined : refuse('pin_not_set'));

const noLocation = ({ replica }: Desk, locationId: string) =>
  replica.statement('select 1 from clinic_locations where id = ? and deleted_at is null').get(locationId)
    ? undefined
    : refuse('not_found', { what: 'location', id: locationId });
