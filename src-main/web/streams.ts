import { WebSocket } from 'ws';
import type { DeskEvent } from '../contract/envelope.ts';
import type { Place } from '../core/front-desk.ts';

/** A page that is this far behind on events is cut; it connects again and reads everything anew. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Where a page's events come from, and whether it may still hear them. */
export interface Listening {
  place: Place;
  isAdmitted(): boolean;
}

interface Told {
  on(listener: (event: DeskEvent) => void, place: Place): () => void;
}

/** The event streams of pages, each until it goes, or until whoever it was opened for is no longer let in. */
export class Streams {
  readonly #open = new Map<WebSocket, Listening>();

  add(core: Told, client: WebSocket, listening: Listening): void {
    this.#open.set(client, listening);
    const stop = core.on((event) => {
      if (!listening.isAdmitted()) return client.terminate();
      if (client.readyState !== WebSocket.OPEN) return;
      if (client.bufferedAmount > MAX_UNSENT_BYTES) client.terminate();
      else client.send(JSON.stringify(event));
    }, listening.place);
    client.on('close', () => {
      stop();
      this.#open.delete(client);
    });
    // A frame that is none closes the connection, which is all that is to be done about it.
    client.on('error', () => client.terminate());
  }

  /** Cuts those that are no longer let in. */
  cut(): void {
    for (const [client, listening] of this.#open) if (!listening.isAdmitted()) client.terminate();
  }
}
