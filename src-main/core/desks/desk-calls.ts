import { z } from 'zod';
import type { CentralFunction } from '../../contract/central.ts';
import { ClinicDesk, type OwnStanding } from '../../contract/desks.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { readStanding } from './standing.ts';

/** What central says of a desk: its instants as JSON of Postgres has them. */
const instant = z.string().transform((text) => iso(Date.parse(text)));
const ToldDesk = ClinicDesk.omit({ current: true }).extend({
  lastContactAt: instant.nullable(),
  disabledAt: instant.nullable(),
  wipedAt: instant.nullable(),
  keyChangedAt: instant.nullable(),
  passwordChangedAt: instant.nullable(),
});

/** The calls about the clinic's desks, and about this one. */
export const deskHandlers = (desk: Desk) => ({
  clinicDesks: (session: Session) => clinicDesks(desk, session),
  disableDesk: (session: Session, input: { deskId: string; wipe: boolean }) =>
    input.deskId === ownId(desk) ? refuse('own_desk') : tell(desk, session, 'disable_desk', input),
  enableDesk: (session: Session, input: { deskId: string }) => tell(desk, session, 'enable_desk', input),
  renameDesk: (session: Session, input: { deskId: string; name: string }) =>
    tell(desk, session, 'rename_desk', input),
  freeKeptSlots: (session: Session, input: { deskId: string }) => freeKeptSlots(desk, session, input),
  deskSecrets: () => (desk.keys ? ok(desk.keys.state()) : refuse('not_ready')),
  changeDeskKey: () => desk.keys?.changeKey() ?? refuse('not_ready'),
  changeDeskPassword: () => desk.keys?.changePassword() ?? refuse('not_ready'),
  standing: (): Result<OwnStanding> => ok(readStanding(desk.replica)),
});

const clinicDesks = async (desk: Desk, session: Session): Promise<Result<ClinicDesk[]>> => {
  const told = await ask(desk, session, 'list_desks', {});
  if (!told.ok) return told;
  const own = ownId(desk);
  return ok(
    z
      .array(ToldDesk)
      .parse(told.value)
      .map((one) => ({ ...one, current: one.id === own })),
  );
};

const freeKeptSlots = async (
  desk: Desk,
  session: Session,
  input: { deskId: string },
): Promise<Result<{ freed: number }>> => {
  const told = await ask(desk, session, 'free_leases', input);
  if (told.ok) desk.replica.announce(new Set(['desks']));
  return told.ok ? ok(z.object({ freed: z.int() }).parse(told.value)) : told;
};

const tell = async (
  desk: Desk,
  session: Session,
  name: CentralFunction,
  args: object,
): Promise<Result<Record<never, never>>> => {
  const told = await ask(desk, session, name, args);
  // Central's desks are no rows of the replica; whoever shows them is told as if they were.
  if (told.ok) desk.replica.announce(new Set(['desks']));
  return told.ok ? ok({}) : told;
};

const ask = async (
  desk: Desk,
  session: Session,
  name: CentralFunction,
  args: object,
): Promise<Result<unknown>> => (await desk.askCentral?.(session, name, args)) ?? refuse('needs_central');

const ownId = ({ replica }: Desk): string | null =>
  replica.statement('select desk_id from desk_state').pluck().get() as string | null;
