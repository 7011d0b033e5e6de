import type { ServerResponse } from 'node:http';

/** What goes wrong with one answer of an outside server. */
export type Fault =
  /** It never comes. */
  | { kind: 'silent' }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** It ends in the middle. */
  | { kind: 'half' }
  /** The connection is cut before it, though what was asked has been done. */
  | { kind: 'cut' }
  /** It is another than it used to be. */
  | { kind: 'changed'; change: (body: string) => string };

interface Planned {
  fault: Fault;
  path: string;
  /** How many requests of that path go well first, and how many then do not. */
  after: number;
  times: number;
}

/** Faults that a test has planned, each for some of the requests to paths that begin as it says. */
export interface Faults {
  plan(fault: Fault, where?: { path?: string; after?: number; times?: number }): void;
  clear(): void;
  /** The fault of this request, counted as come. */
  take(path: string): Fault | undefined;
}

export const plannedFaults = (): Faults => {
  let planned: Planned[] = [];
  return {
    plan: (fault, { path = '/', after = 0, times = 1 } = {}) => {
      planned.push({ fault, path, after, times });
    },
    clear: () => {
      planned = [];
    },
    take: (path) => {
      let due: Planned | undefined;
      for (const one of planned.filter((each) => path.startsWith(each.path))) {
        if (one.after > 0) one.after -= 1;
        else due ??= one;
      }
      if (!due) return undefined;
      due.times -= 1;
      planned = planned.filter((one) => one.times > 0);
      return due.fault;
    },
  };
};

/** An answer, as it is before anything goes wrong with it. */
export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/** Does what was asked and sends the answer, or what the fault makes of it. What a status refuses is not done. */
export const sendReply = (response: ServerResponse, answer: () => Reply, fault: Fault | undefined): void => {
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'text/plain', ...fault.headers }).end('no');
    return;
  }
  const reply = answer();
  if (fault?.kind === 'silent') return;
  if (fault?.kind === 'cut') return void response.destroy();
  const body = Buffer.from(fault?.kind === 'changed' ? fault.change(reply.body) : reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  if (fault?.kind !== 'half') return void response.end(body);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
};
