/** A table's row as JSON in central's words: snake_case columns, instants as ISO 8601 UTC text. */
export type WireRow = Record<string, unknown>;

/**
 * One row that a change makes or sets. `was` is the before-image of exactly the columns in `set`, so that
 * central can tell a column that nobody else touched from a clash.
 */
export type ChangeRow =
  | { table: string; id: string; insert: WireRow }
  | { table: string; id: string; set: WireRow; was: WireRow };

/**
 * Changes of no lasting worth, such as holding a time while a form is open, and those that nobody but their author could
 * do again, as coming in and going. They are sent like any other; but refused
 * they are dropped, since nobody has anything to decide, and while they wait they are nothing to wait for.
 */
export const fleetingKinds: readonly string[] = [
  'hold',
  'release',
  'makeSlots',
  'dialCall',
  'signIn',
  'signOut',
  'useRecoveryCode',
];

/**
 * Changes that follow from what an outside system or a source says. Refused, they are dropped too, and what made them
 * makes them again from what stands then; but they are waited for like any other.
 */
export const derivedKinds: readonly string[] = ['idexxRun', 'calComRun', 'import'];

/** What somebody does with their own keys and sessions: kept like any change, and not taken back by Ctrl+Z. */
export const ownKeyKinds: readonly string[] = ['setPin', 'secondFactor', 'recoveryCodes', 'endSession'];

/** What a command does, whole: applied by central in one transaction or refused. */
interface ChangeHead {
  /** UUIDv7, made at the desk; central answers a repeated one with its stored outcome. */
  change_id: string;
  /** Place in the desk's stream, from 1 without gaps for each incarnation. */
  desk_seq: number;
  /** The command, for instance `book`. */
  kind: string;
  /** The user who did it, if one was signed in. */
  actor: string | null;
  /** When it was done by the desk's clock, ISO 8601 UTC. */
  at: string;
  /** Refused before and sent only to use up its number. */
  void?: true;
  /** The lease that a run of an integration held when it made the change: `idexx/17`. */
  fence?: string;
  /** The incarnation that made it, where that was an earlier one: what was kept for that one, it may take. */
  made_by?: string;
}

/** A change that nobody signed: the desk's own doing, or that of a clinic where nobody signs in. */
export interface PlainChange extends ChangeHead {
  rows: ChangeRow[];
}

/** A change that its actor signed. */
export interface SignedChange extends ChangeHead {
  /** The rows as JSON, to the letter as they were signed. */
  rows_text: string;
  /** The `user_sessions` row that the actor was signed in by. */
  session: string;
  /** HMAC-SHA256 by the actor's signing key, in hexadecimal: see `changeMessage`. */
  proof: string;
}

export type Change = PlainChange | SignedChange;

/** Why central said no, with what a person needs in order to decide. */
export interface Refusal {
  /**
   * `clash`: another desk set the same column. `taken`: a guard against double booking. `not_allowed`: the actor lacks
   * the right, which `constraint` names, or did not prove who they are.
   */
  code: 'clash' | 'taken' | 'move_not_allowed' | 'row_gone' | 'not_allowed' | 'invalid';
  /** The constraint or trigger that refused. */
  constraint?: string;
  table?: string;
  row_id?: string;
  /** For a clash: each column with this desk's value, central's, and the one both started from. */
  columns?: { column: string; mine: unknown; theirs: unknown; was: unknown }[];
  /** For `taken`: the appointment in the way, none where the time is kept for a desk (`slot_leases`); for a clash: central's row. */
  theirs?: WireRow;
  /** Who made central's version, at which desk, and when. */
  by?: { desk: string | null; actor: string | null; at: string | null };
  message?: string;
}

/** Central's verdict on one change. */
export interface Outcome {
  change_id: string;
  outcome: 'applied' | 'refused' | 'void';
  /** The commit that carries it. */
  rev: number;
  refusal: Refusal | null;
}

/**
 * Central's answer to a push. `ok` has an outcome for each change; the others say why none was looked at:
 * `wrong_epoch` central's history is another one; `forked` a number was used twice, so this desk was
 * cloned or restored; `gap` a number is missing, so central lost commits; `too_old` the desk's
 * version is below what central takes; `disabled` the desk may not sync.
 */
export interface PushReply {
  status: 'ok' | 'wrong_epoch' | 'forked' | 'gap' | 'too_old' | 'disabled';
  epoch: string;
  next_seq: number;
  rev: number;
  outcomes: Outcome[];
  /**
   * The change after those that have an outcome runs into time that is kept for another desk, which was asked for it just
   * now (`asked`) or before (`waits`): send it again when that desk has answered, or five seconds later.
   */
  waits?: 'asked' | 'waits';
}
