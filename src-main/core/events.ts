import type { DeskEvent } from '../contract/envelope.ts';
import type { OutsideSource, RunProgress } from '../contract/integrations.ts';
import type { Session } from './desk.ts';
import { eventFor } from './kiosk/stations.ts';
import type { Replica } from './replica/open.ts';
import type { Seats } from './security/seats.ts';
import type { Engine } from './sync/engine.ts';

type Listener = (event: DeskEvent) => void;

/** Whoever listens: a seat, whose session is another one from time to time, or a station. */
export interface Place {
  readonly session: Session;
}

/** Tells screens what changed; the tables of one turn of the event loop go out as one event. */
export class Events {
  readonly #listeners = new Map<Listener, Place>();
  readonly #stops: (() => void)[];
  #tables = new Set<string>();

  constructor(replica: Replica, engine: Engine, seats: Seats) {
    this.#stops = [
      replica.onTablesChanged((tables) => this.#collect(tables)),
      engine.onState((state) => this.#tell({ event: 'syncState', state })),
      seats.onDoorChanged((seat) => this.#tellDoor(seat)),
    ];
  }

  on(listener: Listener, place: Place): () => void {
    this.#listeners.set(listener, place);
    return () => this.#listeners.delete(listener);
  }

  /** Has every screen look again whether somebody may be here. */
  tellDoors(): void {
    for (const listener of this.#listeners.keys()) listener({ event: 'doorChanged' });
  }

  /** Tells every screen how far the run of an integration is. */
  tellProgress(source: OutsideSource, running: RunProgress | null): void {
    this.#tell({ event: 'integrationProgress', source, running });
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
  }

  #collect(tables: ReadonlySet<string>): void {
    if (this.#tables.size === 0) setImmediate(() => this.#flush());
    for (const table of tables) this.#tables.add(table);
  }

  #flush(): void {
    const tables = [...this.#tables];
    this.#tables = new Set();
    this.#tell({ event: 'tablesChanged', tables });
  }

  #tell(event: DeskEvent): void {
    for (const [listener, { session }] of this.#listeners) {
      const told = isInside(session) ? eventFor(session, event) : null;
      if (told) listener(told);
    }
  }

  #tellDoor(seat: Place): void {
    for (const [listener, place] of this.#listeners) if (place === seat) listener({ event: 'doorChanged' });
  }
}

/** Whoever stands before the door is not told what happens behind it, not even which tables change. */
const isInside = ({ station, rights }: Session): boolean => station !== undefined || rights.has('desk');
