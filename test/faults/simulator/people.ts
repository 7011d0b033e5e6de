import type { CallName } from '../../../src-main/contract/calls.ts';
import type { Result } from '../../../src-main/contract/errors.ts';
import type { Act, callKinds } from './acts.ts';
import { clinic } from './clinic.ts';
import type { Program } from './program.ts';
import { pick } from './random.ts';
import type { Station } from './station.ts';

type CallKind = (typeof callKinds)[number];

/** What a person asks of a desk, or nothing where there is nothing to ask it about. */
type Question = [name: CallName, input: object] | null;

const slots = clinic.doctors.flatMap(({ slots }) => slots.slice(0, 4));
const slotAt = (n: number): string => pick(slots, n);

const idsOf = ({ replica }: Program, sql: string): string[] =>
  replica.db.prepare(sql).pluck().all() as string[];

const oneOf = (program: Program, sql: string, n: number): string | null => {
  const ids = idsOf(program, sql);
  return ids.length > 0 ? pick(ids, n) : null;
};

const patientAt = (program: Program, n: number): string =>
  oneOf(program, `select id from patients where first_name <> 'Gone' order by id`, n) ??
  pick(clinic.patients, n);

/** An appointment that stands at this desk, with the rest of a question about it. */
const about = (program: Program, n: number, name: CallName, input: object = {}): Question => {
  const appointmentId = oneOf(program, `select id from appointments where status <> 'held' order by id`, n);
  return appointmentId === null ? null : [name, { appointmentId, ...input }];
};

/** A booking of a slot that is kept for this desk, or for another one. */
const inLease = (program: Program, n: number, m: number, whose: '=' | '<>'): Question => {
  const sql = `select l.id from slot_leases l, desk_state d where l.desk_id ${whose} d.desk_id order by l.id`;
  const slotId = oneOf(program, sql, n);
  return slotId === null ? null : ['book', { slotId, patientId: patientAt(program, m) }];
};

const aboutConflict = (program: Program, n: number, choice: string): Question => {
  const changeId = oneOf(
    program,
    'select change_id from refusals where resolved_at is null order by change_id',
    n,
  );
  return changeId === null ? null : ['resolveConflict', { changeId, choice }];
};

const aboutPayment = (program: Program, n: number): Question => {
  const paymentId = oneOf(program, `select id from payments where amount_cents > 0 order by id`, n);
  return paymentId === null ? null : ['refund', { paymentId, minor: 500 }];
};

const questions: Record<CallKind, (program: Program, n: number, m: number, station: Station) => Question> = {
  book: (program, n, m) => ['book', { slotId: slotAt(n), patientId: patientAt(program, m) }],
  bookInRoom: (program, n, m) => [
    'book',
    { slotId: slotAt(n), patientId: patientAt(program, m), roomId: clinic.roomId },
  ],
  bookKept: (program, n, m) => inLease(program, n, m, '='),
  bookKeptElsewhere: (program, n, m) => inLease(program, n, m, '<>'),
  reschedule: (program, n, m) => about(program, n, 'reschedule', { slotId: slotAt(m) }),
  resize: (program, n, m) => about(program, n, 'resize', { durationMinutes: 30 * (1 + (m % 3)) }),
  cancel: (program, n) => about(program, n, 'cancel'),
  restore: (program, n) => about(program, n, 'restore'),
  noShow: (program, n) => about(program, n, 'noShow'),
  checkIn: (program, n, m) => about(program, n, 'checkIn', { contactConfirmed: m % 2 === 0 }),
  moveOn: (program, n, m) =>
    about(program, n, 'moveOn', { to: pick(['ready', 'in_room', 'completed', 'left', 'arrived'], m) }),
  callNext: (_program, n) => [
    'callNext',
    { doctorId: pick(clinic.doctors, n).id, locationId: clinic.locationId },
  ],
  hold: (_program, n) => ['hold', { slotId: slotAt(n) }],
  release: (_program, _n, _m, { lastHold }) => (lastHold === null ? null : ['release', { holdId: lastHold }]),
  register: (_program, n, m) => [
    'registerPatient',
    // The same address twice is refused by central, with whatever stands on the second record.
    {
      firstName: 'New',
      lastName: `Person${n}`,
      phone: `69${m}`,
      email: `p${n % 3}@mail.example`,
      saveAnyway: true,
    },
  ],
  phone: (program, n, m) => ['updatePatient', { patientId: patientAt(program, n), set: { phone: `69${m}` } }],
  city: (program, n, m) => [
    'updatePatient',
    { patientId: patientAt(program, n), set: { city: `City ${m % 5}` } },
  ],
  merge: (program, n, m) => [
    'mergePatients',
    { keptId: patientAt(program, n), mergedId: patientAt(program, m) },
  ],
  fee: (program, n, m) => about(program, n, 'setFee', { minor: 1_000 + (m % 5) * 1_000 }),
  pay: (program, n) => about(program, n, 'takePayment', { minor: 1_000, method: 'cash' }),
  refund: (program, n) => aboutPayment(program, n),
  undo: () => ['undo', {}],
  look: (program, n) => ['patient', { patientId: patientAt(program, n) }],
  keepMine: (program, n) => aboutConflict(program, n, 'keep_mine'),
  keepTheirs: (program, n) => aboutConflict(program, n, 'keep_theirs'),
  nextFree: (program, n) => aboutConflict(program, n, 'next_free'),
};

/** What came of a call: the desk's answer, or null where there was nothing to ask. */
export const doCall = async (station: Station, act: Act, kind: CallKind): Promise<Result<unknown> | null> => {
  const program = await station.program();
  const question = questions[kind](program, act.n, act.m, station);
  if (!question) return null;
  const answer = await program.call(...question);
  if (kind === 'hold' && answer.ok) station.lastHold = (answer.value as { holdId: string | null }).holdId;
  return answer;
};
