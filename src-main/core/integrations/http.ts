import { type RunError, RunErrorCode } from '../../contract/integrations.ts';

/** What a run's request gives: its value, or what went wrong. */
export type Ran<T> = { ok: true; value: T } | { ok: false; error: RunError };

export const ran = <T>(value: T): Ran<T> => ({ ok: true, value });

/** What went wrong; `where` names a request or a field of an answer, never a value. */
export const failed = (code: RunErrorCode, where: string | null): Ran<never> => ({
  ok: false,
  error: { code, where: where === null ? null : where.slice(0, 200) },
});

/** What the requests of a run need of the world around them. */
export interface World {
  /** Epoch milliseconds. */
  now: () => number;
  /** Waits so many milliseconds; rejects when the signal is cut. */
  sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** From 0 up to, not including, 1. */
  random: () => number;
  /** Ends the run; its reason is a RunErrorCode. */
  signal: AbortSignal;
  /** Milliseconds until one try is given up; 30 s where nothing else is said. */
  timeoutMs?: number;
}

/** One request. */
export interface Ask {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: URL;
  /** What errors call it, with no number or name of anybody in it: `GET /consultations/{id}`. */
  name: string;
  headers?: Record<string, string>;
  body?: string;
  /** It must not be done twice: tried again after 429 only, which says that nothing was done. */
  once?: boolean;
}

/** An answer that was read whole. Redirects are answers too: nothing here follows them. */
export interface Answer {
  status: number;
  headers: Headers;
  /** As UTF-8. */
  body: string;
}

/** integrations.md: 30 s a request, three tries. */
const TIMEOUT_MS = 30_000;
const TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
/** Told to wait longer than this, a run gives up and leaves it to the next one. */
const LONGEST_PAUSE_MS = 120_000;
/** What is larger is no answer to anything that a desk asks. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Asks an outside server, up to three times: after a fault of the network, a time-out, 429 and 5xx, with a pause that
 * grows and is never the same, or as long as the server says. Every other status is an answer for the caller to judge.
 * @returns `offline`, `timed_out`, `too_many_requests`, `server_error`, `unreadable` (too large), or the signal's reason.
 */
export const request = async (world: World, ask: Ask): Promise<Ran<Answer>> => {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(world, ask);
    if (outcome.ok || !outcome.again || attempt >= TRIES) return settled(outcome, ask);
    const pause = outcome.pauseMs ?? backOff(world, attempt);
    if (pause > LONGEST_PAUSE_MS) return settled(outcome, ask);
    const stopped = await pauseFor(world, pause);
    if (stopped) return stopped;
  }
};

/** How long to wait after so many tries in vain, in milliseconds: longer each time, and never the same for two desks. */
export const backOff = (world: World, attempt: number): number =>
  FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + world.random());

/** Waits, unless the run is ended meanwhile: then with what ended it. */
export const pauseFor = async (world: World, ms: number): Promise<Ran<never> | undefined> => {
  await world.sleep(ms, world.signal).catch((fault: unknown) => {
    if (!world.signal.aborted) throw fault;
  });
  return world.signal.aborted ? failed(endedBy(world.signal), null) : undefined;
};

type Outcome =
  | { ok: true; answer: Answer }
  | { ok: false; code: RunErrorCode; again: boolean; pauseMs?: number | undefined };

const settled = (outcome: Outcome, ask: Ask): Ran<Answer> =>
  outcome.ok ? ran(outcome.answer) : failed(outcome.code, ask.name);

const tryOnce = async (world: World, ask: Ask): Promise<Outcome> => {
  if (world.signal.aborted) return { ok: false, code: endedBy(world.signal), again: false };
  const mayRepeat = ask.once !== true;
  const timeOut = AbortSignal.timeout(world.timeoutMs ?? TIMEOUT_MS);
  try {
    const response = await fetch(ask.url, {
      method: ask.method,
      headers: ask.headers ?? {},
      body: ask.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.any([world.signal, timeOut]),
    });
    const body = await textOf(response);
    if (body === null) return { ok: false, code: 'unreadable', again: false };
    return judged({ status: response.status, headers: response.headers, body }, world, mayRepeat);
  } catch (fault) {
    if (world.signal.aborted) return { ok: false, code: endedBy(world.signal), again: false };
    if (timeOut.aborted) return { ok: false, code: 'timed_out', again: mayRepeat };
    // All that fetch throws for a network fault is a TypeError; anything else is a bug of ours.
    if (fault instanceof TypeError) return { ok: false, code: 'offline', again: mayRepeat };
    throw fault;
  }
};

const judged = (answer: Answer, world: World, mayRepeat: boolean): Outcome => {
  const { status, headers } = answer;
  const pauseMs = toldToWait(headers, world.now());
  if (status === 429) return { ok: false, code: 'too_many_requests', again: true, pauseMs };
  if (status >= 500) return { ok: false, code: 'server_error', again: mayRepeat, pauseMs };
  return { ok: true, answer };
};

/** The body, or null where it is larger than any that is asked for. */
const textOf = async (response: Response): Promise<string | null> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > MAX_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

/** Larger numbers are a Unix time, smaller ones seconds from now: integrations.md has seen both. */
const UNIX_TIMES_BEGIN = 1_000_000_000;

/** How long the server says to wait, in milliseconds; undefined where it says nothing that can be read. */
export const toldToWait = (headers: Headers, now: number): number | undefined => {
  const after = headers.get('retry-after') ?? headers.get('x-ratelimit-reset');
  if (after === null || after.trim() === '') return undefined;
  const seconds = Number(after);
  const at = Number.isNaN(seconds)
    ? Date.parse(after)
    : seconds > UNIX_TIMES_BEGIN * 1000
      ? seconds
      : seconds > UNIX_TIMES_BEGIN
        ? seconds * 1000
        : now + seconds * 1000;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

/** Why a run was ended. */
const endedBy = (signal: AbortSignal): RunErrorCode =>
  RunErrorCode.safeParse(signal.reason).data ?? 'cancelled';
