import { randomBytes } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { resize } from '../../src-main/core/appointments/resize.ts';
import { restore } from '../../src-main/core/appointments/restore.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { startStream } from '../../src-main/core/replica/stream.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { withClient } from '../support/central.ts';
import { anyone, deskOnFile, temporaryFolder } from '../support/desk.ts';
import { addDoctor, leaseClinic } from '../support/lease-clinic.ts';
import { differences } from '../support/same-rows.ts';
import type { SmallClinic } from '../support/small-clinic.ts';
import { type Lost, SteppedDesk } from '../support/stepped-desk.ts';
import { timeForMore } from '../support/time-for-more.ts';

const deskCount = 3;
const runs = Number(process.env['CERTAIN_RUNS'] ?? 8);
/** Where nobody asked for so many runs, those that begin in this time are enough. */
const enoughMs = process.env['CERTAIN_RUNS'] ? Number.POSITIVE_INFINITY : 20_000;
const seed = Number(process.env['CERTAIN_SEED'] ?? Date.now() % 1_000_000_000);

const folder = temporaryFolder();
const key = randomBytes(32);
let clinic: SmallClinic;
let doctor: { id: string; slots: string[] };
let desks: Station[] = [];
let promises = 0;

/** A desk of the clinic with its file, which may be put back to an earlier state of itself, or be copied. */
class Station {
  readonly file: string;
  readonly url: string;
  stepped: SteppedDesk;
  #clock: number;
  #hasBackup = false;

  constructor(name: string, url: string, clock: number) {
    this.file = join(folder.path, `${name}.db`);
    this.url = url;
    this.#clock = clock;
    this.stepped = this.#open();
  }

  get desk() {
    return this.stepped.desk;
  }

  #open(): SteppedDesk {
    return new SteppedDesk(deskOnFile(this.file, key, new Date(this.#clock).toISOString()), this.url);
  }

  #close(): void {
    this.#clock = Date.parse(this.desk.now());
    this.stepped.dispose();
  }

  restart(): void {
    this.#close();
    this.stepped = this.#open();
  }

  backUp(): void {
    rmSync(`${this.file}.kept`, { force: true });
    this.desk.replica.statement('vacuum into ?').run(`${this.file}.kept`);
    this.#hasBackup = true;
  }

  /** As after a disk was replaced from a backup, of just now or of earlier: the nonce tells. */
  putBack(ofNow: boolean): void {
    if (ofNow || !this.#hasBackup) this.backUp();
    this.#close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${this.file}${end}`, { force: true });
    copyFileSync(`${this.file}.kept`, this.file);
    this.stepped = this.#open();
    this.desk.replica.db.transaction(() => startStream(this.desk.replica, this.desk.newId()))();
  }

  /** Another program that begins with a copy of this one's file. */
  copy(name: string): Station {
    const file = join(folder.path, `${name}.db`);
    rmSync(file, { force: true });
    this.desk.replica.statement('vacuum into ?').run(file);
    const copy = new Station(name, this.url, Date.parse(this.desk.now()));
    copy.desk.replica.db.transaction(() => startStream(copy.desk.replica, copy.desk.newId()))();
    return copy;
  }
}

beforeAll(async () => {
  console.log(`certain bookings with seed ${seed}`);
  clinic = await leaseClinic(['Desk A', 'Desk B', 'Desk C'], 3);
  // Their clocks are hours apart.
  desks = clinic.desks.map(
    ({ name, url }, index) => new Station(name, url, Date.now() + (index - 1) * 3 * 3_600_000),
  );
  for (const { stepped } of desks) await stepped.settle();
});
afterAll(async () => {
  for (const { stepped } of desks) stepped.dispose();
  await clinic.drop();
  folder.remove();
});

const acts = [
  ...([
    'book',
    'book',
    'book',
    'book',
    'bookNew',
    'move',
    'move',
    'resize',
    'cancel',
    'cancel',
    'restore',
  ] as const),
  ...([
    'checkIn',
    'settle',
    'settle',
    'settle',
    'step',
    'step',
    'minute',
    'cut',
    'cut',
    'lose',
    'close',
  ] as const),
  ...(['restart', 'backUp', 'putBack', 'copy'] as const),
];
interface Act {
  act: (typeof acts)[number];
  desk: number;
  n: number;
}

const anAct: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(...acts),
  desk: fc.nat(deskCount),
  n: fc.nat(999),
});

const losable: Exclude<Lost, null>[] = ['push', 'pull', 'keep_leases', 'return_leases'];

/** Slots that the desk thinks are its own come first, so that promises are made. */
const slotFor = ({ desk }: Station, n: number): string => {
  const own = desk.replica
    .statement(
      `select l.id from slot_leases l, desk_state s
       where l.doctor_id = ? and l.incarnation = s.incarnation and l.desk_id = s.desk_id order by l.starts_at`,
    )
    .pluck()
    .all(doctor.id) as string[];
  const places = n % 3 === 0 || own.length === 0 ? doctor.slots : own;
  return places[n % places.length] ?? '';
};

const appointmentFor = ({ desk }: Station, n: number): string => {
  const ids = desk.replica
    .statement(`select id from appointments where doctor_id = ? and status <> 'held' order by id desc`)
    .pluck()
    .all(doctor.id) as string[];
  return ids[n % Math.max(1, ids.length)] ?? '';
};

/** Closes or opens a slot by the rules of a plan that another desk made. */
const closeSlot = (n: number) =>
  withClient(clinic.ownerUrl, (owner) =>
    owner.query(
      n % 2 === 0
        ? 'update doctor_time_slots set is_available = not is_available where id = $1'
        : `update doctor_time_slots set deleted_at = case when deleted_at is null then now() end where id = $1`,
      [doctor.slots[n % doctor.slots.length]],
    ),
  );

const perform = async ({ act, desk: index, n }: Act): Promise<void> => {
  const station = desks[index % desks.length];
  if (!station) return;
  const { desk, stepped } = station;
  const slotId = slotFor(station, n);
  const appointmentId = appointmentFor(station, n);
  const patientId = clinic.patients[n % clinic.patients.length] ?? '';
  switch (act) {
    case 'book':
      return void book(desk, anyone, { slotId, patientId, ...(n % 5 === 0 ? { durationMinutes: 60 } : {}) });
    case 'bookNew': {
      const email = n % 2 === 0 ? {} : { email: `p${n % 3}@clinic.example` };
      const names = { firstName: `New${n}`, lastName: 'Patient', saveAnyway: true };
      const made = registerPatient(desk, anyone, { ...names, ...email });
      if (made.ok) book(desk, anyone, { slotId, patientId: made.value.id });
      return;
    }
    case 'move':
      return void reschedule(desk, anyone, { appointmentId, slotId });
    case 'resize':
      return void resize(desk, anyone, { appointmentId, durationMinutes: n % 2 === 0 ? 60 : 30 });
    case 'cancel':
      return void cancel(desk, anyone, { appointmentId, reason: 'Rang' });
    case 'restore':
      return void restore(desk, anyone, { appointmentId });
    case 'checkIn':
      return void checkIn(desk, anyone, { appointmentId, contactConfirmed: true });
    case 'settle':
      return void (await stepped.settle());
    case 'step':
      return void (await stepped.step());
    case 'minute':
      return void (await stepped.minute());
    case 'cut':
      return stepped.cut();
    case 'lose':
      stepped.lost = losable[n % losable.length] ?? null;
      return void (await stepped.settle());
    case 'close':
      return void (await closeSlot(n));
    case 'restart':
      return station.restart();
    case 'backUp':
      return station.backUp();
    case 'putBack':
      return station.putBack(n % 2 === 0);
    case 'copy':
      if (desks.length === deskCount) desks.push(station.copy('copy'));
  }
};

/** The waiting changes of every appointment that a desk shows as certain. */
const promised = (): string[] =>
  desks.flatMap(({ desk }) => {
    const changes = desk.replica
      .statement(
        `select r.row_id as id, o.change_id as changeId from outbox_rows r join outbox o on o.desk_seq = r.desk_seq
         where r.table_name = 'appointments' and o.state = 'waiting'`,
      )
      .all() as { id: string; changeId: string }[];
    const certain = new Set(
      [...new Set(changes.map(({ id }) => id))].filter(
        (id) => readAppointment(desk, id)?.promise === 'certain',
      ),
    );
    return changes.filter(({ id }) => certain.has(id)).map(({ changeId }) => changeId);
  });

/** All lines work, and everybody comes to rest. */
const calm = async (): Promise<void> => {
  for (const { stepped } of desks) stepped.lost = null;
  for (let round = 0, quiet = 0; quiet < 2; round += 1) {
    const ends = [];
    for (const { stepped } of desks) ends.push(await stepped.settle());
    quiet = ends.every((end) => end === 'rest') ? quiet + 1 : 0;
    if (round > 2_000) throw new Error('the desks do not come to rest');
  }
};

const refusedOf = (changeIds: readonly string[]) =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ kind: string; refusal: object }>(
      `select kind, refusal from changes where outcome = 'refused' and change_id = any ($1)`,
      [changeIds],
    );
    return rows;
  });

test(
  'whatever is cut, lost, restarted, restored, copied or closed, no booking that was shown as certain is refused',
  async () => {
    const isTime = timeForMore(enoughMs);
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 20, maxLength: 70 }), async (schedule) => {
        if (!isTime()) return;
        doctor = await addDoctor(clinic);
        for (const { stepped } of desks) await stepped.minute();
        for (const { stepped } of desks) await stepped.settle();
        const told = new Set<string>();
        for (const act of schedule) {
          await perform(act);
          for (const changeId of promised()) told.add(changeId);
        }
        await calm();
        promises += told.size;
        const refused = await refusedOf([...told]);
        for (const copy of desks.splice(deskCount)) copy.stepped.dispose();
        expect(refused).toEqual([]);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    for (const { desk, url } of desks) expect(await differences(url, desk.replica)).toEqual([]);
    expect(promises).toBeGreaterThan(0);
  },
  120_000 + runs * 30_000,
);
