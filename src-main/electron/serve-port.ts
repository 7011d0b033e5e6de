import type { MessagePortMain } from 'electron';
import { type DeskEvent, PROTOCOL_VERSION, type Reply, type Request } from '../contract/envelope.ts';
import { type Result, refuse } from '../contract/errors.ts';
import type { Place, Session } from '../core/front-desk.ts';

/** What a window's line needs of the core. */
export interface Core {
  dispatch(name: string, input: unknown, session: Session): Promise<Result<unknown>>;
  on(listener: (event: DeskEvent) => void, place: Place): () => void;
}

/** Answers the calls of the window at a seat and tells it the core's events, until it closes its end. */
export const servePort = (core: Core, place: Place, port: MessagePortMain): void => {
  const stopEvents = core.on((event) => port.postMessage(event), place);
  port.on('close', stopEvents);
  port.on('message', async ({ data }: { data: Request }) => {
    const result =
      data.version === PROTOCOL_VERSION
        ? await core.dispatch(data.call, data.input, place.session)
        : refuse('wrong_version', { core: PROTOCOL_VERSION });
    port.postMessage({ id: data.id, result } satisfies Reply);
  });
  port.start();
};
