import type { CallInput, CallName, CallOutput } from '../../src-main/contract/calls.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import type { DoorState } from '../../src-main/contract/session.ts';
import type { Desk } from '../../src-main/core/desk.ts';
import { createDispatch } from '../../src-main/core/dispatch.ts';
import { createHandlers } from '../../src-main/core/handlers.ts';
import { Stations } from '../../src-main/core/kiosk/stations.ts';
import { noLog } from '../../src-main/core/log.ts';
import { DaySheetKeeper } from '../../src-main/core/printing/day-sheet-files.ts';
import { type Seat, Seats } from '../../src-main/core/security/seats.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import type { Staff } from './staff.ts';

/** Somebody at a seat, as a window asks for them. */
export interface Window {
  seat: Seat;
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>;
  state(): DoorState | 'station';
  /** Signs somebody in by their password; fails the test where that is refused. */
  come(staff: Pick<Staff, 'id' | 'password'>, code?: string): Promise<void>;
}

export interface Seated {
  seats: Seats;
  stations: Stations;
  dispatch: ReturnType<typeof createDispatch>;
  /** Opens a window at a seat of its own. */
  open(): Window;
  /** Lets the clock that nobody can set run on. */
  run(ms: number): void;
  close(): Promise<void>;
}

/** The calls of a desk behind seats, as the front desk has them. */
export const seated = (
  desk: Desk,
  engine = new Engine(desk, { url: 'postgres://nowhere.invalid', log: noLog, random: () => 0 }),
): Seated => {
  let ticks = 0;
  const seats = new Seats(desk, { ticks: () => ticks });
  const stations = new Stations();
  const daySheets = new DaySheetKeeper(desk, { log: noLog });
  const dispatch = createDispatch(
    createHandlers(desk, engine, stations, daySheets, seats),
    noLog,
    desk.replica.health,
  );
  return {
    seats,
    stations,
    dispatch,
    open: () => {
      const seat = seats.open();
      const ask: Window['ask'] = async (name, input) => {
        const { session } = seat;
        seats.touch(session);
        return (await dispatch(name, input, session)) as Result<never>;
      };
      return {
        seat,
        ask,
        state: () => seats.standing(seat).state,
        come: async ({ id, password }, code) => {
          const result = await ask('signIn', { userId: id, password, ...(code ? { code } : {}) });
          if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
        },
      };
    },
    run: (ms) => {
      ticks += ms;
    },
    close: async () => {
      seats.stop();
      await daySheets.stop();
      await engine.close();
    },
  };
};
