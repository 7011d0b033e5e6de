import type { CentralConnection } from '../central/connect.ts';
import { type DeskReport, reportDesk } from '../central/report.ts';
import { readSecretAges } from '../desks/secret-ages.ts';
import type { Store } from '../replica/connection.ts';
import { countWaiting } from '../replica/outbox.ts';
import { appVersion } from '../version.ts';

/** A desk of which nothing is new says so this often, so that central knows when it was last there. */
const againMs = 5 * 60_000;
/** More changes that wait, or fewer, are no news worth a commit each. */
const restMs = 30_000;

/** Tells central now and then what the desk says of itself: its version, what it has not sent, its secrets' age. */
export class Reports {
  #told = '';
  #at = Number.NEGATIVE_INFINITY;

  async send(central: CentralConnection, store: Store): Promise<void> {
    const { key, password } = readSecretAges(store);
    const ages = { keyChangedAt: key, passwordChangedAt: password };
    const report: DeskReport = { version: appVersion, waiting: countWaiting(store), ...ages };
    const [at, said] = [performance.now(), JSON.stringify(report)];
    const isNew = !this.#told.includes(JSON.stringify(ages).slice(1));
    if (!isNew && at - this.#at < (said === this.#told ? againMs : restMs)) return;
    await reportDesk(central, report);
    this.#told = said;
    this.#at = at;
  }
}
