import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy before central that a test can make worse. */
export interface BadLine {
  /** `url` by way of the proxy. */
  through(url: string): string;
  /** Cuts every connection and takes no new one. */
  cut(): void;
  /** Takes connections again, and lets bytes flow again. */
  mend(): void;
  /** Keeps connections open and lets no byte through, as a half-open connection does. */
  stall(): void;
  /** Holds each piece back for so many milliseconds. */
  delay(ms: number): void;
  /** Cuts at the next answer of central to a query that holds `text`: central has done it and the desk never hears. */
  dropAnswerTo(text: string): void;
  /** Lets the next query that holds `text` through, and from then on no byte of central's to that connection. */
  keepAnswerTo(text: string): void;
  /**
   * Keeps the next query that holds `text` back, as a router that was cut off does, also after the desk has given the
   * connection up; `deliverLate` sends it to central then.
   */
  holdBack(text: string): void;
  /** Sends what was held back, and resolves when central has answered it to nobody. */
  deliverLate(): Promise<void>;
  /** Ends every connection by a reset, and takes new ones. */
  reset(): void;
  /** How many connections are open now. */
  readonly open: number;
  close(): Promise<void>;
}

/** Starts a proxy to the server of `url`. */
export const startProxy = async (url: string): Promise<BadLine> => {
  const target = new URL(url);
  const pairs = new Set<[Socket, Socket]>();
  let mode: 'flow' | 'cut' | 'stall' = 'flow';
  let delayMs = 0;
  let drop: string | undefined;
  let keep: string | undefined;
  let hold: string | undefined;
  let late: { central: Socket; piece: Buffer } | undefined;
  let stalled: (() => void)[] = [];

  const server: Server = createServer((desk) => {
    if (mode === 'cut') return void desk.destroy();
    const central = connect(Number(target.port || 5432), target.hostname);
    const pair: [Socket, Socket] = [desk, central];
    pairs.add(pair);
    let dropping = false;
    let keeping = false;
    const end = () => {
      pairs.delete(pair);
      desk.destroy();
      // What was held back is still on its way.
      if (late?.central !== central) central.destroy();
    };
    const pass = (to: Socket, piece: Buffer) => {
      const write = () => {
        if (!to.destroyed) to.write(piece);
      };
      if (mode === 'stall') stalled.push(write);
      else if (delayMs > 0) setTimeout(write, delayMs);
      else write();
    };
    desk.on('data', (piece: Buffer) => {
      if (drop !== undefined && piece.includes(drop)) {
        drop = undefined;
        dropping = true;
      }
      if (keep !== undefined && piece.includes(keep)) {
        keep = undefined;
        keeping = true;
      }
      if (hold !== undefined && piece.includes(hold)) {
        hold = undefined;
        late = { central, piece };
      } else if (late?.central !== central) pass(central, piece);
    });
    central.on('data', (piece: Buffer) => {
      if (dropping) end();
      else if (!keeping) pass(desk, piece);
    });
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  const cutAll = () => {
    for (const [desk, central] of pairs) {
      desk.destroy();
      central.destroy();
    }
  };
  return {
    through: (original) => {
      const via = new URL(original);
      via.hostname = '127.0.0.1';
      via.port = String(port);
      return via.href;
    },
    cut: () => {
      mode = 'cut';
      cutAll();
    },
    mend: () => {
      mode = 'flow';
      for (const write of stalled) write();
      stalled = [];
    },
    stall: () => {
      mode = 'stall';
    },
    delay: (ms) => {
      delayMs = ms;
    },
    dropAnswerTo: (text) => {
      drop = text;
    },
    keepAnswerTo: (text) => {
      keep = text;
    },
    holdBack: (text) => {
      hold = text;
    },
    deliverLate: async () => {
      if (!late) throw new Error('nothing was held back');
      const { central, piece } = late;
      late = undefined;
      const answered = new Promise<void>((resolve) => central.once('data', () => resolve()));
      central.write(piece);
      await answered;
      central.destroy();
    },
    reset: () => {
      for (const [desk] of pairs) desk.resetAndDestroy();
    },
    get open() {
      return pairs.size;
    },
    close: async () => {
      mode = 'cut';
      cutAll();
      late?.central.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
