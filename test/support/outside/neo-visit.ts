import type { RunError } from '../../../src-main/contract/integrations.ts';
import type { Ran } from '../../../src-main/core/integrations/http.ts';
import { type Neo, type OpenNeo, openNeo } from '../../../src-main/core/integrations/idexx/client.ts';
import { type NeoServer, type NeoUser, startNeo } from './neo.ts';
import { demoDay, type RawEntry } from './neo-day.ts';

/** 12:00 of the day by the practice's clock. */
const NOON = Date.parse('2026-11-24T17:00:00Z');
export const TODAY = '2026-11-24';
export const CALENDAR = '/appointments/getCalendarEventData';
export const user: NeoUser = { username: 'front.desk', password: 'canary-Pa55word', companyId: '4711' };

/** A practice's Neo on a made-up day, and a desk that reads it. */
export interface NeoVisit {
  neo: NeoServer;
  /** The clock of both sides: it moves where somebody waits, or a test turns it. */
  clock: { ms: number };
  /** How long the desk waited, each time, in milliseconds. */
  waits: number[];
  /** Ends the run. */
  ending: AbortController;
  /** Signs in; `changes` to how that is done. */
  open(changes?: Partial<OpenNeo>): Promise<Ran<Neo>>;
  /** Signs in and expects that it works. */
  session(): Promise<Neo>;
  /** How often something was asked: `GET /login`. */
  asked(called: string): number;
  /** A visit of today. */
  someVisit(): RawEntry;
}

export const visitNeo = async (): Promise<NeoVisit> => {
  const clock = { ms: NOON };
  const waits: number[] = [];
  const ending = new AbortController();
  const neo = await startNeo({ users: [user], now: () => clock.ms });
  const vets = ['Dr Alder', 'Dr Birch', 'Dr Cedar'].map((name, index) => ({ id: 11 + index, name }));
  neo.fill(demoDay('America/New_York', NOON, vets));
  const { companyId, username, password } = user;
  const open = (changes: Partial<OpenNeo> = {}): Promise<Ran<Neo>> =>
    openNeo({
      baseUrl: neo.url,
      login: { username, password, companyId },
      now: () => clock.ms,
      sleep: async (ms) => {
        waits.push(ms);
        clock.ms += ms;
      },
      random: () => 0.5,
      signal: ending.signal,
      pace: 0,
      timeoutMs: 400,
      ...changes,
    });
  return {
    neo,
    clock,
    waits,
    ending,
    open,
    session: async () => given(await open()),
    asked: (called) => neo.requests.filter((one) => one === called).length,
    someVisit: () => {
      const found = [...neo.entries.values()].find((one) => one.appointment_id && one.start > TODAY);
      if (!found) throw new Error('the day is empty');
      return found;
    },
  };
};

/** What was read; a fault fails the test. */
export const given = <T>(outcome: Ran<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.error.code} ${outcome.error.where}`);
  return outcome.value;
};

export const faultOf = (outcome: Ran<unknown>): RunError | null => (outcome.ok ? null : outcome.error);

/** What Neo has of today. */
export const today = (neo: Neo) => neo.appointments(TODAY, TODAY, () => {});
