import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { ClinicSettings } from '../../contract/set-up.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { clinics } from '../schema/replica/index.ts';
import { noShowGraceMinutes, slotHorizonDays, waitingLimitMinutes } from './settings.ts';

/** The clinic as it is set. */
export const readClinic = ({ replica }: Desk): ClinicSettings => {
  const row = readRow({ replica });
  return {
    name: row.name,
    nameEl: row.nameEl,
    kind: row.kind,
    phone: row.phone,
    email: row.email,
    city: row.city,
    timezone: row.timezone,
    currency: row.currency,
    firstWeekday: row.firstWeekday,
    waitingLimitMinutes: waitingLimitMinutes(row.settings),
    noShowGraceMinutes: noShowGraceMinutes(row.settings),
    slotHorizonDays: slotHorizonDays(row.settings),
  };
};

/** The clinic's own row; calls are answered only once it is there. */
const readRow = ({ replica }: Pick<Desk, 'replica'>) => {
  const row = replica.orm.select().from(clinics).get();
  if (!row) throw new Error('the replica has no clinic');
  return row;
};

/**
 * Sets what was given. Only what differs is written, so that two desks which set different things do not clash; those
 * of `clinics.settings` are one column and may.
 */
export const updateClinic = (
  desk: Desk,
  session: Session,
  { set }: ParsedInput<'updateClinic'>,
): CallResult<'updateClinic'> => {
  const row = readRow(desk);
  const {
    waitingLimitMinutes: waiting,
    noShowGraceMinutes: grace,
    slotHorizonDays: horizon,
    ...columns
  } = set;
  const given = { waiting_limit_minutes: waiting, no_show_grace_minutes: grace, slot_horizon_days: horizon };
  const settings = { ...row.settings, ...withoutUndefined(given) };
  const changed = JSON.stringify(settings) !== JSON.stringify(row.settings);
  const empty = { nameEl: null, phone: null, email: null, city: null };
  const texts = Object.fromEntries(
    Object.entries(empty).filter(([key]) => columns[key as keyof typeof empty] === ''),
  );
  writeChange(desk, { kind: 'updateClinic', actor: session.userId }, (change) =>
    change.update(clinics, row.id, {
      ...withoutUndefined(columns),
      ...texts,
      ...(changed ? { settings } : {}),
    }),
  );
  return ok(readClinic(desk));
};

const withoutUndefined = <T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
