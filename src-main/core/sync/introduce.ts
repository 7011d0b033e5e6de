import type { OwnStanding } from '../../contract/desks.ts';
import type { CentralConnection } from '../central/connect.ts';
import { CENTRAL_VERSION } from '../central/push.ts';
import { beginHistory, prepareForDesk, type WhoAmI, whoami } from '../central/whoami.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { noteStanding } from '../desks/standing.ts';
import { type DeskState, noteIntroduction, readDeskState } from '../replica/desk-state.ts';
import { offerAgain } from '../replica/stream.ts';
import { tellTrouble } from '../replica/troubles.ts';
import { isAnotherHistory } from './another-history.ts';
import { fenceAgain, takeLeasesAgain } from './fence-again.ts';
import { tellLeasesAgain } from './slot-leases.ts';
import type { StopReason } from './status.ts';

/** What central makes of this desk. */
export interface Introduced {
  stopped: StopReason | null;
  /** Whether it may read. */
  reads: boolean;
  /** How many changes are offered again because central lost commits; null where it did not. */
  offeredAgain: number | null;
}

/**
 * Central and desk tell each other who they are. If central's history is not the one that the replica read (a
 * backup was restored, a standby took over without the last commits), what central acknowledged is queued
 * again and the replica marked to be built anew; `lost` says that central already showed it.
 */
export const introduce = async (
  central: CentralConnection,
  desk: Desk,
  lost: boolean,
): Promise<Introduced> => {
  await prepareForDesk(central);
  const asked = Date.parse(desk.now());
  const me = await whoami(central);
  const state = readDeskState(desk.replica);
  if (!me || (state.clinicId !== null && state.clinicId !== me.clinic_id)) {
    return { stopped: 'clinic_missing', reads: false, offeredAgain: null };
  }
  note(desk, me, asked);
  if (me.disabled) return { stopped: 'disabled', reads: false, offeredAgain: null };
  // It lacks tables that this desk reads and would not understand its changes; whoever runs central migrates it first.
  if (me.version < CENTRAL_VERSION) return { stopped: 'central_too_old', reads: false, offeredAgain: null };
  const anotherHistory = state.epoch !== null && (lost || (await isAnotherHistory(central, desk, me, state)));
  return {
    stopped: me.oldest_desk_version > CENTRAL_VERSION ? 'too_old' : null,
    reads: true,
    offeredAgain: anotherHistory ? await queueAgain(central, desk, await newEpoch(central, me, state)) : null,
  };
};

const note = (desk: Desk, me: WhoAmI, asked: number): void => {
  // Central read its clock about half-way between question and answer.
  const middle = (asked + Date.parse(desk.now())) / 2;
  desk.replica.repeatable(() =>
    noteIntroduction(desk.replica, {
      clinicId: me.clinic_id,
      deskId: me.desk_id,
      deskName: me.desk_name,
      userId: me.user_id,
      clockOffsetMs: Math.round(Date.parse(me.now) - middle),
    }),
  );
  noteStanding(desk.replica, standingOf(me));
  desk.replica.announce(new Set(['desk_state']));
};

const standingOf = (me: WhoAmI): OwnStanding => ({
  standing: me.disabled ? (me.wipe ? 'wiping' : 'disabled') : 'working',
  since: me.disabled_at && iso(Date.parse(me.disabled_at)),
  by: me.disabled_by,
});

/** The other history's name; a backup in the same database has none of its own until a desk that misses commits says so. */
const newEpoch = async (central: CentralConnection, me: WhoAmI, { epoch }: DeskState): Promise<string> =>
  epoch === me.epoch ? beginHistory(central, epoch) : me.epoch;

const queueAgain = async (central: CentralConnection, desk: Desk, epoch: string): Promise<number> => {
  await tellLeasesAgain(central, desk);
  const fences = await takeLeasesAgain(central, desk.replica);
  const { offered } = desk.replica.db
    .transaction(() => {
      const again = offerAgain(desk.replica, { epoch, incarnation: desk.newId(), now: desk.now() });
      fenceAgain(desk.replica, fences);
      return again;
    })
    .immediate();
  desk.replica.announce(new Set(['outbox', 'desk_state']));
  tellTrouble(desk.replica, { code: 'central_restored', at: desk.now(), offered });
  return offered;
};
