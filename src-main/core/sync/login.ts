/** How this desk logs in at central. The URLs are secrets. */
export interface Login {
  /** What to try, in order: the first worked last. */
  readonly urls: readonly [string, ...string[]];
  /** The one with the password that this desk is changing to; null where it is not changing it. */
  readonly next: string | null;
  /** Central took this one: it stands first from now on, and a change to it is done. Never rejects. */
  worked(url: string): Promise<void>;
  /** The change came to nothing. Never rejects. */
  giveUp(): Promise<void>;
}

/** A login that stays as it is. */
export const fixedLogin = (url: string): Login => ({
  urls: [url],
  next: null,
  worked: async () => undefined,
  giveUp: async () => undefined,
});
