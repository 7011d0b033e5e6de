/*
 * One booking, as it stands on both sides and as both last had it alike, and what follows. Pure: the same for whoever
 * computes it, so that a run that was cut and run again ends where it would have ended.
 */

export type SideStatus = 'pending' | 'scheduled' | 'cancelled' | 'no_show';

/** A booking on one side. Instants in ISO 8601 UTC. */
export interface Side {
  start: string;
  end: string;
  doctorId: string;
  status: SideStatus;
}

/** Here: `begun` once the patient has arrived, after which nothing from outside touches it. */
export interface Ours extends Side {
  begun: boolean;
}

/** What is to be done about it. */
export type Verdict =
  /** Both say the same: that is agreed from now on. */
  | { do: 'agree' }
  /** They differ, and there is nothing to be done about it. */
  | { do: 'rest' }
  /** Theirs is to stand here: the place or the status. */
  | { do: 'take'; what: 'place' | 'status' }
  /** Ours is to stand there. */
  | { do: 'send'; action: 'reschedule' | 'rebook' | 'cancel' | 'decline' | 'confirm' | 'absent' | 'present' }
  /** The patient came, or was missed, and moved the booking all the same: what was stays, and theirs is another visit. */
  | { do: 'part' };

/** `now`, and whether its time is still free here, for one who was marked as absent by mistake. */
export interface Circumstances {
  now: string;
  free(): boolean;
}

/**
 * Merges three ways. A cancellation on either side beats a move and everything else; what was cancelled there and restored
 * here is booked there anew. Of two different moves the desk's stands, and Cal.com is moved along. What the clinic
 * accepted once stays accepted wherever it is moved to. A patient who is here was not absent, and who was missed stays
 * missed though it be cancelled later.
 */
export const merge = (agreed: Side, ours: Ours, theirs: Side, circumstances: Circumstances): Verdict => {
  if (theirs.status === 'cancelled') return mergeCancelledThere(agreed, ours, circumstances);
  if (ours.status === 'cancelled') return mergeCancelledHere(theirs, circumstances);
  return mergePlace(agreed, ours, theirs, circumstances) ?? mergeStatus(agreed, ours, theirs, circumstances);
};

const mergeCancelledThere = (agreed: Side, ours: Ours, { now }: Circumstances): Verdict => {
  if (ours.status === 'cancelled' || ours.status === 'no_show') return { do: 'agree' };
  if (ours.begun) return { do: 'rest' };
  if (agreed.status !== 'cancelled') return { do: 'take', what: 'status' };
  return ours.start > now ? { do: 'send', action: 'rebook' } : { do: 'rest' };
};

const mergeCancelledHere = (theirs: Side, { now }: Circumstances): Verdict => {
  if (theirs.end <= now) return { do: 'rest' };
  return { do: 'send', action: theirs.status === 'pending' ? 'decline' : 'cancel' };
};

const mergePlace = (agreed: Side, ours: Ours, theirs: Side, { now }: Circumstances): Verdict | undefined => {
  const moved = !isThere(ours, agreed);
  const movedThere = !isThere(theirs, agreed) || theirs.end !== agreed.end;
  const wasVisit = ours.begun || ours.status === 'no_show';
  if (movedThere && !moved && !isThere(ours, theirs))
    return !wasVisit
      ? { do: 'take', what: 'place' }
      : theirs.status === 'no_show'
        ? undefined
        : { do: 'part' };
  if (movedThere && !moved && ours.end !== theirs.end && !wasVisit) return { do: 'take', what: 'place' };
  if (!moved || isThere(ours, theirs)) return undefined;
  if (wasVisit || ours.start <= now || theirs.end <= now) return undefined;
  return { do: 'send', action: ours.doctorId === theirs.doctorId ? 'reschedule' : 'rebook' };
};

const isThere = (one: Side, other: Side): boolean =>
  one.start === other.start && one.doctorId === other.doctorId;

const mergeStatus = (agreed: Side, ours: Ours, theirs: Side, { now, free }: Circumstances): Verdict => {
  const [here, there] = [ours.status, theirs.status];
  if (here === there) return { do: 'agree' };
  if (there === 'no_show')
    return ours.begun || agreed.status === 'no_show'
      ? { do: 'send', action: 'present' }
      : { do: 'take', what: 'status' };
  if (here === 'no_show') {
    if (there === 'pending') return { do: 'rest' };
    const tookBack = agreed.status === 'no_show';
    return tookBack && free() ? { do: 'take', what: 'status' } : { do: 'send', action: 'absent' };
  }
  if (here === 'pending') return { do: 'take', what: 'status' };
  return theirs.end <= now ? { do: 'rest' } : { do: 'send', action: 'confirm' };
};
