import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type CallName, calls, commonErrors } from '../../src-main/contract/calls.ts';
import { ids, slotAt, TODAY } from '../support/clinic.ts';
import { deskOnFile, type LoneDesk, temporaryFolder } from '../support/desk.ts';
import { anythingFor, type Known } from './anything.ts';
import { coreOf, type StockedDesk, stock, stockedDesk } from './stocked-desk.ts';

const names = Object.keys(calls) as CallName[];
const days = [TODAY, '2026-03-29', '2026-10-25', '1800-01-01', '2199-12-31', '9999-12-31'];

const knownOf = ({ scheduled, cancelled, confirmable }: StockedDesk): Known => ({
  days,
  ids: {
    appointmentId: [scheduled, cancelled, confirmable, stock.inSeries],
    movingId: [scheduled],
    slotId: ['07:00', '08:00', '09:00', '09:30', '10:45'].map((time) => slotAt(ids.adamou, time)),
    patientId: [ids.maria, ids.john, ids.nikos, ids.rex, ids.deleted],
    keptId: [ids.maria, ids.john],
    mergedId: [ids.nikos, ids.merged],
    ownerId: [ids.john, ids.rex],
    userId: [ids.receptionist],
    doctorId: [ids.adamou, ids.baker],
    visitTypeId: [ids.checkUp, ids.surgery],
    roomId: [ids.room1, ids.room2],
    locationId: [ids.athens, ids.london],
    specialtyId: [ids.cardiology],
    paymentId: [stock.paid],
    cashUpId: [stock.cashedUp],
    prescriptionId: [stock.draft],
    recallId: [stock.recall],
    attemptId: [stock.attempt],
    entryId: [stock.waits],
    exceptionId: [stock.meeting],
    id: [scheduled, stock.recall, ids.mole, ids.athens],
    any: [ids.merged],
  },
});

/** Rows in which a refusal may leave its trace: wrong passwords are counted, and told to the audit. */
const traces: Readonly<Record<string, string>> = {
  audit_events: 'true',
  desk_settings: `name = 'password_misses'`,
};

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** The desk that every call begins with, as a file: to copy it is quicker than to fill another one. */
const template = (() => {
  const stocked = stockedDesk();
  const { replica } = stocked.desk;
  const file = join(folder.path, 'template.db');
  replica.statement('update desk_state set user_id = ?').run(ids.receptionist);
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(replica.file, file);
  const known = knownOf(stocked);
  const { key } = replica;
  void stocked.close();
  return { file, key, known };
})();

/** A desk whose rows are known as long as nothing is written. */
class Watched {
  readonly #desk: LoneDesk;
  readonly #core: Pick<StockedDesk, 'dispatch' | 'window' | 'close'>;
  #writes: unknown;
  #rows: string;
  /** Whether its rows are not the template's any more. */
  used = false;

  constructor() {
    const file = join(mkdtempSync(join(folder.path, 'desk-')), 'replica.db');
    copyFileSync(template.file, file);
    this.#desk = deskOnFile(file, template.key);
    this.#core = coreOf(this.#desk);
    this.#writes = this.#countWrites();
    this.#rows = this.#dump();
  }

  ask(name: CallName, input: unknown) {
    return this.#core.dispatch(name, input, this.#core.window.seat.session);
  }

  close(): Promise<void> {
    return this.#core.close();
  }

  /** Whether other rows stand now than at the last look. */
  changed(): boolean {
    const writes = this.#countWrites();
    if (writes === this.#writes) return false;
    this.#writes = writes;
    const rows = this.#dump();
    if (rows === this.#rows) return false;
    this.#rows = rows;
    this.used = true;
    return true;
  }

  /** How many rows this desk ever wrote, taken back or not: quickly asked. */
  #countWrites(): unknown {
    return this.#desk.replica.statement('select total_changes()').pluck().get();
  }

  #dump(): string {
    const { replica } = this.#desk;
    const tables = replica
      .statement(`select name from sqlite_master where type = 'table' and sql not like 'create virtual%'`)
      .pluck()
      .all() as string[];
    const rowsOf = (name: string) => `select * from "${name}" where not (${traces[name] ?? 'false'})`;
    return JSON.stringify(tables.map((name) => replica.db.prepare(rowsOf(name)).raw().all()));
  }
}

/** What is wrong with an answer; null where it keeps the contract. */
const breach = async (name: CallName, watched: Watched, input: unknown): Promise<string | null> => {
  const result = await watched.ask(name, input);
  const wrote = watched.changed();
  if (result.ok) {
    const parsed = calls[name].output.safeParse(result.value);
    return parsed.success ? null : `answers outside its contract: ${parsed.error.message}`;
  }
  const { code } = result.error;
  if (code === 'internal') return 'a fault';
  if (![...calls[name].errors, ...commonErrors].includes(code as (typeof commonErrors)[number])) {
    return `${code} is none of its errors`;
  }
  return wrote ? `wrote something and answers ${code}` : null;
};

/** `FUZZ_SEED=… npx vitest run --config test/vitest.config.ts test/contract/fuzz.test.ts` asks the same again. */
const fresh = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
console.log(`fuzzed with seed ${fresh}`);

describe.each([
  ['what was asked before', 20261122, 40],
  [`what was never asked before (seed ${fresh})`, fresh, 20],
])('a call that is asked %s', (_which, seed, numRuns) => {
  let watched = new Watched();
  afterEach(async () => {
    if (!watched.used) return;
    await watched.close();
    watched = new Watched();
  });
  afterAll(() => watched.close());

  it.each(names)('%s: gives a value or one of its errors, and writes nothing with an error', async (name) => {
    const inputs = anythingFor(calls[name].input, template.known);
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        expect(await breach(name, watched, input)).toBeNull();
      }),
      { seed, numRuns },
    );
  });
});
