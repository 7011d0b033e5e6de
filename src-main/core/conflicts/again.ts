import { type Result, refuse } from '../../contract/errors.ts';
import { isLive, Status } from '../../contract/status.ts';
import { mayMove } from '../appointments/appointment.ts';
import { readVisitType } from '../appointments/grid.ts';
import { describeKeeper, describeTaken, findInTheWay } from '../appointments/placement.ts';
import type { Visit } from '../appointments/slot.ts';
import type { Desk } from '../desk.ts';
import { keeperOf } from '../leases/kept.ts';
import type { RefusalEntry } from '../replica/refusals.ts';
import { readRow } from '../replica/rows.ts';
import { type AppointmentRow, readAttempt } from './attempt.ts';
import { codeOf } from './code.ts';
import { whyNoMoneyAgain } from './money.ts';
import { neededRight } from './rights.ts';

/** How much time an appointment takes, with its visit type's buffers. */
export const visitOf = (desk: Desk, { visit_type_id, scheduled_at, ends_at }: AppointmentRow): Visit => ({
  ...((visit_type_id && readVisitType(desk, visit_type_id)) || { bufferBefore: 0, bufferAfter: 0 }),
  length: Date.parse(ends_at) - Date.parse(scheduled_at),
});

/** What nothing changes any more. */
const final: ReadonlySet<string> = new Set(['erased', 'prescription_final']);

/** What everybody writes for themselves. */
const own: readonly string[] = ['staff_keys', 'user_sessions'];

/** What is decided anew where it stands in the inbox itself. */
export const isDecidedAnew = ({ changes }: RefusalEntry): boolean => changes[0]?.kind === 'decideOutside';

/** What is done again from the patient's or doctor's page, with a look at the records as they now are, or not at all. */
const onlyAnew: readonly string[] = ['mergePatients', 'undoMerge', 'erasePatient', 'setWorkingHours'];

/**
 * Why the refused changes cannot be made again as they were, as far as this desk knows, or undefined: a row is
 * gone, the status no longer moves that way, or somebody stands there.
 */
export const whyNotAgain = (desk: Desk, entry: RefusalEntry): Result<never> | undefined => {
  const anew = isDecidedAnew(entry) || entry.changes.some(({ kind }) => onlyAnew.includes(kind));
  if (anew || final.has(codeOf(entry))) return refuse('not_resolvable', { reason: 'only_anew' });
  if (entry.changes.some(({ rows }) => rows.some(({ table }) => own.includes(table))))
    return refuse('not_resolvable', { reason: 'only_anew' });
  const noMoney = whyNoMoneyAgain(desk, entry);
  if (noMoney) return noMoney;
  if (codeOf(entry) === 'patient_missing' && !isPatientBack(desk, entry))
    return refuse('not_resolvable', { reason: 'row_gone', table: 'patients' });
  const made = new Set<string>();
  for (const row of entry.changes.flatMap(({ rows }) => rows)) {
    const there = readRow(desk.replica, row.table, row.id) !== undefined;
    if ('insert' in row) made.add(row.id);
    if ('insert' in row ? there : !there && !made.has(row.id)) {
      return refuse('not_resolvable', { reason: 'row_gone', table: row.table });
    }
  }
  const attempt = readAttempt(desk, entry);
  if (!attempt) return undefined;
  const { wanted, current } = attempt;
  // Approved beside others, it may stand where they stand.
  const needsPlace = isLive(wanted.status) && neededRight(entry) !== 'schedule.overbook';
  return checkMoves(entry, current) ?? (needsPlace ? checkPlace(desk, wanted, current) : undefined);
};

const isPatientBack = (desk: Desk, { changes }: RefusalEntry): boolean =>
  changes
    .flatMap(({ rows }) => rows)
    .every((row) => {
      const id = ('insert' in row ? row.insert : row.set)['patient_id'];
      return typeof id !== 'string' || readRow(desk.replica, 'patients', id) !== undefined;
    });

const checkMoves = ({ changes }: RefusalEntry, current: AppointmentRow | null): Result<never> | undefined => {
  if (!current) return undefined;
  let from = current.status;
  for (const row of changes.flatMap(({ rows }) => rows)) {
    const to = Status.safeParse('set' in row && row.id === current.id ? row.set['status'] : undefined);
    if (!to.success || to.data === from) continue;
    if (!mayMove(from, to.data)) {
      return refuse('not_resolvable', { reason: 'move_not_allowed', from, to: to.data });
    }
    from = to.data;
  }
  return undefined;
};

/** Who stands where an appointment would newly stand, as a refusal; undefined where it stays or its time is free. */
export const checkPlace = (
  desk: Desk,
  wanted: AppointmentRow,
  current: AppointmentRow | null,
): Result<never> | undefined => {
  const stays =
    current &&
    isLive(current.status) &&
    (['slot_id', 'doctor_id', 'room_id', 'scheduled_at', 'ends_at'] as const).every(
      (column) => current[column] === wanted[column],
    );
  if (stays) return undefined;
  const place = {
    ...visitOf(desk, wanted),
    doctorId: wanted.doctor_id,
    roomId: wanted.room_id,
    slotId: wanted.slot_id,
    start: Date.parse(wanted.scheduled_at),
  };
  const blocker = findInTheWay(desk, place, wanted.id);
  if (blocker) return refuse('slot_taken', describeTaken(desk, blocker));
  const keeper = keeperOf(desk, place);
  return keeper && refuse('slot_kept', describeKeeper(keeper));
};
