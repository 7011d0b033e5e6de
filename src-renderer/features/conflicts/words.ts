import type { Conflict } from '../../../src-main/contract/sync.ts';

const kinds = [
  'book',
  'reschedule',
  'resize',
  'cancel',
  'noShow',
  'restore',
  'checkIn',
  'moveOn',
  'registerPatient',
  'updatePatient',
  'recordConsent',
  'mergePatients',
  'undoMerge',
  'erasePatient',
  'sendMessage',
  'editMessage',
  'deleteMessage',
  'importMessages',
  'bookFromWaitingList',
  'waitingList',
  'series',
  'takePayment',
  'refund',
  'voidPayment',
  'setFee',
  'closeDay',
  'savePrescription',
  'issuePrescription',
  'replacePrescription',
  'setWorkingHours',
  'addException',
  'removeException',
  'setUp',
  'decideOutside',
  'logCall',
  'recall',
  'confirm',
  'ownAccount',
  'endSession',
] as const;
type Kind = (typeof kinds)[number] | 'other';

/** Commands that are told in the words of another. */
const alike: Record<string, Kind> = {
  bookInSeries: 'book',
  changeInSeries: 'reschedule',
  cancelInSeries: 'cancel',
  bookSeries: 'series',
  changeSeries: 'series',
  cancelSeries: 'series',
  addToWaitingList: 'waitingList',
  updateWaitingListEntry: 'waitingList',
  updateClinic: 'setUp',
  saveLocation: 'setUp',
  saveRoom: 'setUp',
  saveSpecialty: 'setUp',
  saveVisitType: 'setUp',
  saveDoctor: 'setUp',
  setInUse: 'setUp',
  arrange: 'setUp',
  kioskCheckIn: 'checkIn',
  takeBackCall: 'logCall',
  dialCall: 'logCall',
  cancelCall: 'logCall',
  addRecall: 'recall',
  updateRecall: 'recall',
  unconfirm: 'confirm',
  setPin: 'ownAccount',
  secondFactor: 'ownAccount',
  recoveryCodes: 'ownAccount',
  useRecoveryCode: 'ownAccount',
  endStaffSession: 'endSession',
  setSecurityPolicy: 'setUp',
  setOutsideLink: 'setUp',
};

/** The command that was refused, as a key of `conflicts.what` and `conflicts.withKind`. */
export const kindOf = (kind: string): Kind => alike[kind] ?? kinds.find((known) => known === kind) ?? 'other';

const columns = [
  'first_name',
  'last_name',
  'phone',
  'email',
  'address',
  'city',
  'date_of_birth',
  'gender',
  'emergency_contact',
  'notes',
  'species',
  'breed',
  'owner_id',
  'contact_preference',
  'preferred_language',
  'merged_into_id',
  'contact_confirmed_at',
  'status',
  'scheduled_at',
  'ends_at',
  'doctor_id',
  'slot_id',
  'room_id',
  'location_id',
  'visit_type_id',
  'reason',
  'arrived_at',
  'ready_at',
  'in_room_at',
  'completed_at',
  'cancelled_at',
  'cancellation_reason',
  'confirmed_at',
  'text',
  'tags',
  'fee_minor',
  'fee_currency',
  'instructions',
  'name',
  'name_en',
  'name_el',
  'starts_at',
  'starts_local',
  'ends_local',
  'duration_minutes',
  'ended_at',
] as const;
type Column = (typeof columns)[number] | 'other';

/** A column of central as a key of `conflicts.column`. */
export const columnOf = (column: string): Column => columns.find((known) => known === column) ?? 'other';

/** What takes a right of its own, as a key of `conflicts.needs`; null where everybody at the desk may. */
export const needOf = ({ needs }: Conflict): (typeof special)[number] | null =>
  special.find((right) => right === needs) ?? null;

const special = [
  'schedule.overbook',
  'schedule.plan',
  'patients.erase',
  'payments.refund',
  'prescriptions.write',
  'clinic.manage',
  'staff.manage',
] as const;

/** Columns that say nothing to a person: an id, or the end that goes with a beginning that is shown. */
const unspoken = [
  'merged_into_id',
  'slot_id',
  'cancelled_by',
  'overbooked_by',
  'updated_at',
  'attempts',
  'next_attempt_at',
];

/** Columns that repeat in a program's words what another one says. */
const inner = ['meta', 'rich_text', 'sealed'];

/** Whether central refused because of who did it. */
export const isAboutWho = ({ code }: Conflict): boolean => code === 'not_allowed' || code === 'unproven';

/**
 * The columns that a person decides by: of a clash all of them when none of them speaks, and of what was not allowed
 * those that have a name.
 */
export const spokenColumns = (conflict: Conflict): Conflict['columns'] => {
  const all = conflict.columns.filter(({ column }) => !inner.includes(column));
  if (isAboutWho(conflict)) return all.filter(({ column }) => columnOf(column) !== 'other');
  const spoken = all.filter(({ column }) => !unspoken.includes(column));
  return spoken.length > 0 ? spoken : all;
};

/** What kind of value a column holds, by its name in central. */
export const valueKind = (
  column: string,
): 'instant' | 'day' | 'status' | 'gender' | 'doctor' | 'money' | 'text' => {
  if (column.endsWith('_at')) return 'instant';
  if (column === 'date_of_birth') return 'day';
  if (column === 'fee_minor') return 'money';
  if (column === 'status' || column === 'gender') return column;
  return column === 'doctor_id' ? 'doctor' : 'text';
};
