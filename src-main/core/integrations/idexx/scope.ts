import type { IdexxSettings } from '../../../contract/integrations.ts';
import type { Desk } from '../../desk.ts';

/** What every part of one run works with. */
export interface Scope {
  desk: Desk;
  clinicId: string;
  /** The clinic's, by which Neo tells its times. */
  zone: string;
  /** Whose login it runs by. */
  userId: string;
  settings: IdexxSettings;
  /** When the run began, in epoch milliseconds. */
  now: number;
}
