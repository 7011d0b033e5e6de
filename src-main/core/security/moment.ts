/** An instant by both clocks of the PC: the one on the wall, which anybody may set, and the one that only runs. */
export interface Moment {
  /** Epoch milliseconds. */
  wall: number;
  /** Milliseconds since any fixed point; stands still while the PC sleeps. */
  ticks: number;
}

/**
 * How long ago it was, in milliseconds: by whichever clock says longer. A clock that was set back makes nothing last, and
 * neither does a lid that was closed.
 */
export const elapsed = (since: Moment, now: Moment): number =>
  Math.max(now.wall - since.wall, now.ticks - since.ticks);
