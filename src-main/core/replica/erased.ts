import type { ChangeRow, Refusal, WireRow } from '../../contract/change.ts';
import type { Store } from './connection.ts';
import type { NewChange } from './outbox.ts';
import { readBase } from './overlay.ts';
import { purgeSearch } from './search.ts';

/** What of a table says who somebody is. */
interface Identifying {
  /** The columns by which a row belongs to a patient. */
  belongsBy: readonly string[];
  /** What each column becomes when the person is erased; what was empty stays empty. */
  erased: WireRow;
}

/** The same as central's own list, `replicated_tables.erased` (0008): a test holds the two against each other. */
export const identifying: Readonly<Record<string, Identifying>> = {
  patients: {
    belongsBy: ['id'],
    erased: {
      first_name: 'Erased',
      last_name: '',
      email: null,
      phone: null,
      address: null,
      city: null,
      date_of_birth: null,
      gender: null,
      emergency_contact: null,
      profile_image_url: null,
      notes: null,
      contact_confirmed_at: null,
      contact_preference: null,
      preferred_language: null,
    },
  },
  appointments: {
    belongsBy: ['patient_id'],
    erased: {
      reason: null,
      notes: null,
      cancellation_reason: null,
      overbook_reason: 'Erased',
      meeting_url: null,
    },
  },
  appointment_series: { belongsBy: ['patient_id'], erased: { reason: null } },
  waiting_list_entries: { belongsBy: ['patient_id'], erased: { notes: null } },
  recalls: { belongsBy: ['patient_id'], erased: { reason: 'Erased' } },
  call_attempts: { belongsBy: ['patient_id'], erased: { note: null } },
  patient_consents: { belongsBy: ['patient_id'], erased: { note: null } },
  patient_merges: { belongsBy: ['kept_id', 'merged_id'], erased: { moved: [] } },
  messages: {
    belongsBy: ['patient_id', 'appointment_id'],
    erased: {
      text: '',
      rich_text: null,
      attachments: [],
      denorm: null,
      document: null,
      author: { display_name: 'Erased' },
    },
  },
  reviews: { belongsBy: ['patient_id'], erased: { comment: null } },
  scheduled_discharge_calls: { belongsBy: ['patient_id'], erased: { phone: '', outcome_notes: null } },
  outside_links: { belongsBy: ['patient_id'], erased: { name: null, seen: null } },
  outside_bookings: {
    belongsBy: ['patient_id'],
    erased: {
      person_name: null,
      phone: null,
      email: null,
      title: null,
      seen: {},
      agreed: null,
      problem_details: null,
    },
  },
  // By way of the messages that had them: central names those that nobody has any more.
  attachments: { belongsBy: [], erased: { file_name: 'Erased' } },
};

/** Values of a row without those that say who somebody is, as central's `without_identity`. */
export const withoutIdentity = (table: string, values: WireRow): WireRow => {
  const kept = { ...values };
  for (const [column, erased] of Object.entries(identifying[table]?.erased ?? {})) {
    if (kept[column] === undefined || kept[column] === null) continue;
    kept[column] = column === 'author' ? anonymous(kept[column], erased) : erased;
  }
  return kept;
};

/** Who wrote a message stays known where it was not the patient. */
const anonymous = (author: unknown, erased: unknown): unknown => {
  const { avatar_url: _, ...rest } = author as Record<string, unknown>;
  return rest['role'] === 'patient' ? { ...rest, ...(erased as object) } : author;
};

const stripRow = (row: ChangeRow): ChangeRow =>
  'insert' in row
    ? { ...row, insert: withoutIdentity(row.table, row.insert) }
    : { ...row, set: withoutIdentity(row.table, row.set), was: withoutIdentity(row.table, row.was) };

const stripRefusal = (refusal: Refusal): Refusal => {
  const { table = '', theirs, columns } = refusal;
  const strip = (column: string, value: unknown) => withoutIdentity(table, { [column]: value })[column];
  return {
    ...refusal,
    ...(theirs ? { theirs: withoutIdentity(table, theirs) } : {}),
    ...(columns
      ? {
          columns: columns.map(({ column, mine, theirs: other, was }) => ({
            column,
            mine: strip(column, mine),
            theirs: strip(column, other),
            was: strip(column, was),
          })),
        }
      : {}),
  };
};

/** Whether central has the patient as erased. What this desk alone has erased may still be refused. */
export const isErased = (store: Store, patientId: unknown): boolean => {
  if (typeof patientId !== 'string') return false;
  const base = readBase(store, 'patients', patientId);
  if (base) return base.row?.['erased_at'] != null;
  return (
    store
      .statement('select 1 from patients where id = ? and erased_at is not null')
      .pluck()
      .get(patientId) !== undefined
  );
};

/** Whether a row belongs to somebody who was erased; `values` are what is known of a row that is not here. */
const belongsToErased = (store: Store, table: string, id: string, values: WireRow): boolean => {
  const known = identifying[table];
  if (!known) return false;
  const { belongsBy } = known;
  if (belongsBy.length === 0) return isNamedErased(store, id);
  const row: WireRow = { ...values, ...linksOf(store, table, belongsBy, id), id };
  return belongsBy.some((link) =>
    isErased(store, link === 'appointment_id' ? patientOf(store, row[link]) : row[link]),
  );
};

const linksOf = (store: Store, table: string, columns: readonly string[], id: unknown): WireRow =>
  (store.statement(`select ${columns.join(', ')} from ${table} where id = ?`).get(id) as
    | WireRow
    | undefined) ?? {};

const isNamedErased = (store: Store, attachmentId: string): boolean =>
  store
    .statement(`select 1 from attachments where id = ? and deleted_at is not null and file_name = 'Erased'`)
    .get(attachmentId) !== undefined;

const patientOf = (store: Store, appointmentId: unknown): unknown =>
  linksOf(store, 'appointments', ['patient_id'], appointmentId)['patient_id'];

/** The rows of a change without what they say of people who were erased; the same array where that is nothing. */
const withoutErased = (store: Store, rows: readonly ChangeRow[]): readonly ChangeRow[] => {
  const kept = rows.map((row) =>
    belongsToErased(store, row.table, row.id, 'insert' in row ? row.insert : row.was) ? stripRow(row) : row,
  );
  return kept.some((row, place) => row !== rows[place]) ? kept : rows;
};

interface Kept {
  changeId: string;
  rows: string;
}

const forgetAcknowledgedRows = (store: Store, where: string, parameter: string): void => {
  const kept = store
    .statement(`select change_id changeId, rows from acknowledged where ${where}`)
    .all(parameter) as Kept[];
  for (const { changeId, rows } of kept) {
    const after = JSON.stringify(withoutErased(store, JSON.parse(rows) as ChangeRow[]));
    // Nobody signed what is left of it: offered again it is refused to whoever did it, and somebody decides.
    if (after !== rows)
      store
        .statement('update acknowledged set rows = ?, session_id = null, proof = null where change_id = ?')
        .run(after, changeId);
  }
};

const forgetRefusals = (store: Store, where: string, parameter: string): void => {
  const kept = store
    .statement(`select change_id changeId, changes, refusal from refusals where ${where}`)
    .all(parameter) as { changeId: string; changes: string; refusal: string }[];
  for (const entry of kept) {
    const changes = JSON.parse(entry.changes) as NewChange[];
    const refusal = JSON.parse(entry.refusal) as Refusal;
    const after = changes.map((change) => ({ ...change, rows: [...withoutErased(store, change.rows)] }));
    const { table = '', row_id: id = '', theirs = {} } = refusal;
    const theirId = typeof theirs['id'] === 'string' ? theirs['id'] : id;
    const about = [id, theirId].some((one) => belongsToErased(store, table, one, theirs));
    store
      .statement('update refusals set changes = ?, refusal = ? where change_id = ?')
      .run(JSON.stringify(after), JSON.stringify(about ? stripRefusal(refusal) : refusal), entry.changeId);
  }
};

/**
 * Takes what this desk keeps of people who were erased out of its past changes and its inbox, inside the caller's
 * transaction: for one change that central has just answered.
 */
export const forgetErasedIn = (store: Store, changeId: string): void => {
  forgetAcknowledgedRows(store, 'change_id = ?', changeId);
  forgetRefusals(store, 'change_id = ?', changeId);
};

/**
 * The same for all that is kept, and for the search: called when central gives a person as erased. Who, when and what was
 * done stays. An erasure is rare, and may take the tenth of a second that this does.
 */
export const forgetErased = (store: Store): void => {
  forgetAcknowledgedRows(store, 'change_id > ?', '');
  forgetRefusals(store, 'change_id > ?', '');
  purgeSearch(store.db);
};
