import type { CallInput, CallName, CallResult } from '../../src-main/contract/calls.ts';
import type { DeskEvent } from '../../src-main/contract/envelope.ts';
import { watched } from './pending.ts';
import { forWhoAsked } from './presence.ts';
import { connectTransport } from './transport.ts';

type EventListener = (event: DeskEvent) => void;

const listeners = new Set<EventListener>();
const transport = connectTransport((event) => {
  for (const listener of listeners) listener(event);
});

/**
 * Makes a call to the core. Never throws: a fault of the transport comes back as an error value too. The answer waits
 * while whoever asked is not at the screen.
 */
export const call = <N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>> =>
  forWhoAsked(callAtDoor(name, input));

/** Makes a call that is about who is at the screen, and so waits for nobody. */
export const callAtDoor = <N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>> =>
  watched(transport.call(name, input) as Promise<CallResult<N>>);

/** Hears every event of the core. Returns how to stop. */
export const onDeskEvent = (listener: EventListener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
