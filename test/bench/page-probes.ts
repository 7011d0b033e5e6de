import type { Page } from '@playwright/test';

/** What a live change took: from its answer's arrival to the card, and from the event to the card. Milliseconds. */
export interface Seen {
  drawn: number;
  whole: number;
}

/**
 * What opening a day took: until the core's answer had arrived, until the day stood in view, and until the columns
 * outside the view had their cards too. Milliseconds.
 */
export interface Opened {
  answer: number;
  inView: number;
  whole: number;
}

/** Stop-watches in the page itself, so that no message to the browser is measured. */
export interface Probes {
  press(key: string): void;
  /** Presses a key and waits until the number of cards is as wanted and painted. */
  until(key: string, wanted: (cards: number) => boolean): Promise<Opened>;
  /** Watches a card for its next change. */
  watch(card: string): void;
  /** What was seen of it, once it has changed. */
  seen(): Seen | null;
  /** Presses a key at the start of a frame; answers when the frame begins that has drawn what it did. */
  frame(key: string): Promise<number>;
}

declare global {
  interface Window {
    probes: Probes;
  }
}

/** Puts the stop-watches into every document of the page, before its own scripts. */
export const installProbes = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    let eventAt = 0;
    let answerAt = 0;
    let result: Seen | null = null;
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    /** Waits until the page is as wanted and painted: a task after a frame's callbacks runs when that frame was. */
    const painted = async (isWanted: () => boolean) => {
      while (!isWanted()) await nextFrame();
      await new Promise((resolve) => setTimeout(resolve, 0));
    };
    const press = (key: string) => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
    };

    const Socket = window.WebSocket;
    window.WebSocket = class extends Socket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => {
          if (String(data).includes('appointments')) eventAt = performance.now();
        });
      }
    };
    const text = Response.prototype.text;
    const json = Response.prototype.json;
    Response.prototype.json = async function (this: Response) {
      if (!this.url.endsWith('/daySchedule')) return json.call(this);
      const body = await text.call(this);
      answerAt = performance.now();
      return JSON.parse(body);
    };

    window.probes = {
      press,
      until: async (key, wanted) => {
        (document.activeElement as HTMLElement | null)?.blur();
        const shown = () => document.querySelector('[data-card]')?.getAttribute('data-card');
        const before = shown();
        const start = performance.now();
        press(key);
        await painted(() => shown() !== before);
        const inView = performance.now() - start;
        const answer = answerAt - start;
        await painted(() => wanted(document.querySelectorAll('[data-card]').length));
        return { answer, inView, whole: performance.now() - start };
      },
      watch: (card) => {
        result = null;
        const element = document.querySelector(`[data-card="${card}"]`);
        if (!element) return;
        const observer = new MutationObserver(() => {
          observer.disconnect();
          const now = performance.now();
          result = { drawn: now - answerAt, whole: now - eventAt };
        });
        observer.observe(element, { attributes: true, childList: true, subtree: true, characterData: true });
      },
      seen: () => result,
      frame: async (key) => {
        const start = await nextFrame();
        press(key);
        return (await nextFrame()) - start;
      },
    };
  });

/** The same number of cards as plain elements; answers how long until they are painted. Runs in the page. */
export const rawBoard = async ({ columns, cards }: { columns: number; cards: number }): Promise<number> => {
  document.body.replaceChildren();
  await new Promise(requestAnimationFrame);
  const start = performance.now();
  const board = document.createElement('div');
  board.style.position = 'relative';
  for (let n = 0; n < cards; n += 1) {
    const card = document.createElement('button');
    const left = (n % columns) * 176;
    card.style.cssText = `position:absolute;left:${left}px;top:${Math.floor(n / columns) * 28}px;width:172px;height:26px`;
    for (const text of [`Patient ${n}`, '09:00 Check-up', 'Booked']) {
      const line = document.createElement('span');
      line.textContent = text;
      card.append(line);
    }
    board.append(card);
  }
  document.body.append(board);
  await new Promise(requestAnimationFrame);
  await new Promise((resolve) => setTimeout(resolve, 0));
  return performance.now() - start;
};

/** Moves one plain element at the start of a frame; answers when the next begins. Runs in the page. */
export const rawMove = async (): Promise<number> => {
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const card = document.querySelector<HTMLElement>('button');
  const start = await nextFrame();
  if (card) card.style.top = `${Math.round(Math.random() * 500)}px`;
  return (await nextFrame()) - start;
};
