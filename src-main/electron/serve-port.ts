import type { MessagePortMain } from 'electron';
import { type DeskEvent, PROTOCOL_VERSION, type Reply, type Request } from '../contract/envelope.ts';
import { type Result, refuse } from '../contract/errors.ts';

/** What a window's line needs of the core. */
export interface Core {
  dispatch(name: string, input: unknown): Promise<Result<unknown>>;
  on(listener: (event: DeskEvent) => void): () => void;
}

/** Answers the calls of one window and tells it the core's events, until it closes its end. */
export const servePort = (core: Core, port: MessagePortMain): void => {
  const stopEvents = core.on((event) => port.postMessage(event));
  port.on('close', stopEvents);
  port.on('message', async ({ data }: { data: Request }) => {
    const result =
      data.version === PROTOCOL_VERSION
        ? await core.dispatch(data.call, data.input)
        : refuse('wrong_version', { core: PROTOCOL_VERSION });
    port.postMessage({ id: data.id, result } satisfies Reply);
  });
  port.start();
};
