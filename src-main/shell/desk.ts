import type { Result } from '../contract/errors.ts';
import type { FrontDesk, Session } from '../core/front-desk.ts';

/** A desk that runs, as a shell serves it. */
export interface OpenDesk {
  /** Answers a call of a session; without one, of somebody who came to no seat. */
  dispatch(name: string, input: unknown, session?: Session): Promise<Result<unknown>>;
  openSeat: FrontDesk['openSeat'];
  closeSeat: FrontDesk['closeSeat'];
  on: FrontDesk['on'];
  admit: FrontDesk['admit'];
  isOpen: FrontDesk['isOpen'];
  dismiss: FrontDesk['dismiss'];
  files: FrontDesk['files'];
  close(): Promise<void>;
}
