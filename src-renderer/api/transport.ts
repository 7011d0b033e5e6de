import { type DeskEvent, PROTOCOL_VERSION, type Reply } from '../../src-main/contract/envelope.ts';
import { type Result, refuse } from '../../src-main/contract/errors.ts';

/** How calls reach the core: a message port in Electron, HTTP and a WebSocket in the web shell. */
export interface Transport {
  call(name: string, input: unknown): Promise<Result<unknown>>;
}

type OnEvent = (event: DeskEvent) => void;

/** The transport of the shell that this page runs in. */
export const connectTransport = (onEvent: OnEvent): Transport =>
  navigator.userAgent.includes('Electron') ? portTransport(onEvent) : webTransport(onEvent);

/** Electron's preload hands over one end of a channel to the core by `window.postMessage`, once. */
const portTransport = (onEvent: OnEvent): Transport => {
  let nextId = 1;
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const port = new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', (message) => {
      const [handed] = message.ports;
      if (message.source !== window || message.data !== 'anteroom-port' || !handed) return;
      handed.onmessage = ({ data }: MessageEvent<Reply | DeskEvent>) => {
        if ('event' in data) return onEvent(data);
        waiting.get(data.id)?.(data.result);
        waiting.delete(data.id);
      };
      resolve(handed);
    });
    window.postMessage('anteroom-ready', window.location.origin);
  });
  return {
    call: async (call, input) => {
      const open = await port;
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        open.postMessage({ version: PROTOCOL_VERSION, id, call, input });
      });
    },
  };
};

/** A station's page asks under its own path, where its own cookie counts. */
const doorPath = (): string => /^\/(kiosk|display)$/.exec(window.location.pathname)?.[0] ?? '';

/** Calls with whose answer the browser gets another cookie: what asks with the old one is turned away from then on. */
const changesCookie: readonly string[] = ['signIn', 'switchPerson', 'signOut'];
let cookieComes: Promise<unknown> = Promise.resolve();

/** The page was opened with a token, which the server has turned into a cookie. */
const webTransport = (onEvent: OnEvent): Transport => {
  listen(onEvent);
  return {
    call: async (name, input) => {
      await cookieComes;
      const answer = ask(name, input);
      if (changesCookie.includes(name)) cookieComes = answer;
      return answer;
    },
  };
};

/** Never fails: a fault of the line is an answer too. */
const ask = async (name: string, input: unknown): Promise<Result<unknown>> => {
  try {
    const response = await fetch(`${doorPath()}/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-anteroom-version': String(PROTOCOL_VERSION) },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Result<unknown>;
  } catch {
    return refuse('internal', { call: name });
  }
};

const RECONNECT_MS = 1000;

/** Keeps an event stream open; after a break every table counts as changed, since events were missed. */
const listen = (onEvent: OnEvent, missed = false): void => {
  const socket = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}${doorPath()}/events`);
  socket.onopen = () => {
    stood = true;
    if (missed) onEvent({ event: 'tablesChanged', tables: ['*'] });
  };
  socket.onmessage = ({ data }) => onEvent(JSON.parse(data as string) as DeskEvent);
  // One that stood is opened again at once: the server cuts it too when somebody else comes in.
  let stood = false;
  socket.onclose = () =>
    setTimeout(() => void cookieComes.then(() => listen(onEvent, true)), stood ? 0 : RECONNECT_MS);
};
