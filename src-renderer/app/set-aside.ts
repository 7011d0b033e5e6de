/** What holds a part of the screen: a zustand store, seen from outside. */
export interface Keeper {
  getState(): unknown;
  getInitialState(): unknown;
  replace(state: unknown): void;
}

/**
 * What people left open at this screen: when one goes, all that the keepers hold is put away under their id and every
 * keeper begins anew; when they come back it is there again. In memory only: a reload of the page forgets it, like
 * everything that was not saved. One who signs out leaves nothing.
 */
export class SetAside {
  readonly #keepers: Keeper[] = [];
  readonly #away = new Map<string, ReadonlyMap<Keeper, unknown>>();

  /** Counts a keeper among those that belong to whoever is at the screen. */
  add(keeper: Keeper): void {
    this.#keepers.push(keeper);
  }

  /** Puts away what a person has open. */
  put(personId: string): void {
    this.#away.set(personId, new Map(this.#keepers.map((keeper) => [keeper, keeper.getState()])));
    this.#beginAnew();
  }

  /** Gives a person back what was put away for them; what came into being meanwhile is as it begins. */
  bringBack(personId: string): void {
    const held = this.#away.get(personId);
    this.#away.delete(personId);
    for (const keeper of this.#keepers)
      keeper.replace(held?.has(keeper) ? held.get(keeper) : keeper.getInitialState());
  }

  /** Lets go of what was put away for somebody. */
  forget(personId: string): void {
    this.#away.delete(personId);
  }

  #beginAnew(): void {
    for (const keeper of this.#keepers) keeper.replace(keeper.getInitialState());
  }
}
