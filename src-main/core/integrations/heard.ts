import type { OutsideSource } from '../../contract/integrations.ts';
import { type AskAsDesk, readRuns, type ToldRuns } from './lease.ts';

/** What central last said of the runs of all desks. */
export class Heard {
  readonly #ask: AskAsDesk;
  readonly #now: () => number;
  readonly #onNews: () => void;
  #runs: ReadonlyMap<OutsideSource, ToldRuns> = new Map();
  #at: number | null = null;
  #old = true;

  /** `onNews` is told where it said something else than before; `now` gives epoch milliseconds. */
  constructor(ask: AskAsDesk, now: () => number, onNews: () => void) {
    this.#ask = ask;
    this.#now = now;
    this.#onNews = onNews;
  }

  /** When it said so, in epoch milliseconds; null where it never has. */
  get at(): number | null {
    return this.#at;
  }

  of(source: OutsideSource): ToldRuns | undefined {
    return this.#runs.get(source);
  }

  /** What was heard no longer holds: a lease was taken or given back. */
  outdated(): void {
    this.#old = true;
  }

  /** Asks central anew where its word is that old, by a clock that may have jumped. False where it does not answer. */
  async listen(maxAgeMs: number): Promise<boolean> {
    if (!this.#old && this.#at !== null && Math.abs(this.#now() - this.#at) < maxAgeMs) return true;
    const runs = await readRuns(this.#ask, this.#now);
    if (!runs) return false;
    const news = outline(runs) !== outline(this.#runs);
    this.#runs = runs;
    this.#at = this.#now();
    this.#old = false;
    if (news) this.#onNews();
    return true;
  }
}

/** What of it is shown; instants are reckoned from lengths of time, and differ by little from one answer to the next. */
const outline = (runs: ReadonlyMap<OutsideSource, ToldRuns>): string =>
  JSON.stringify(
    [...runs.values()].map(({ deskId, deskName, failures, lastError, lastRunAt, heldUntil }) => [
      deskId,
      deskName,
      failures,
      lastError,
      ...[lastRunAt, heldUntil].map((at) => at !== null && Math.round(at / 2_000)),
    ]),
  );
