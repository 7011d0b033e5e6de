import type { Desk } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';

/** When each person last signed in at this desk: read once, since nobody signs in here but through this process. */
export class LastHere {
  readonly #desk: Desk;
  #known: Map<string, number> | null = null;
  readonly #sessions = new Map<string, string>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Epoch milliseconds; null for somebody who never did. */
  of(userId: string): number | null {
    return this.#read()?.get(userId) ?? null;
  }

  /** Notes that somebody came, unless it was back to the session that they had. */
  note(userId: string, sessionId: string): void {
    if (this.#sessions.get(userId) === sessionId) return;
    this.#sessions.set(userId, sessionId);
    this.#read()?.set(userId, Date.parse(this.#desk.now()));
  }

  /** Nothing is known before central has told which desk this is. */
  #read(): Map<string, number> | null {
    const { replica } = this.#desk;
    const { deskId } = readDeskState(replica);
    if (!deskId) return null;
    this.#known ??= new Map(
      replica
        .statement('select user_id, max(started_at) from user_sessions where desk_id = ? group by user_id')
        .raw()
        .all(deskId) as [string, number][],
    );
    return this.#known;
  }
}
