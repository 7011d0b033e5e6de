import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { ThreadBrief } from '../../contract/message.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { fold } from '../fold.ts';
import { recordsOf } from '../replica/same-person.ts';
import { searchPatients } from '../replica/search-find.ts';
import { asList, authorShown, isMine, SELECT_MESSAGES, type StoredMessage, sentAt } from './stored.ts';
import { subjectOf, toldName } from './subject.ts';
import { unreadByThread } from './unread.ts';

/** How many patients a search for threads looks at. */
const FOUND_PATIENTS = 50;
/** No id is greater. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Threads, those with unread messages first, then newest first; of a patient, or of those a text finds. */
export const messageThreads = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'messageThreads'>,
): CallResult<'messageThreads'> => {
  const unread = unreadByThread(desk, session);
  const wanted = filterOf(desk, input);
  const first = input.after === undefined ? unreadFirst(desk, [...unread.keys()], wanted) : [];
  const left = Math.max(0, input.limit - first.length);
  const rest = walk(desk, { before: input.after ?? LAST_ID, limit: left + 1, wanted, without: unread });
  const newest = [...first, ...rest.slice(0, left)];
  return ok({
    threads: newest.map((row) => brief(desk, session, row, unread.get(row.threadId) ?? 0)),
    more: rest.length > left,
  });
};

/** What a row of the walk tells, enough to know whether its thread is wanted. */
interface Candidate {
  id: string;
  threadId: string;
  patientId: string | null;
  author: string;
  denorm: string | null;
}
type Wanted = (row: Candidate) => boolean;

const filterOf = (desk: Desk, { text, patientId }: ParsedInput<'messageThreads'>): Wanted => {
  if (patientId !== undefined) {
    const records = new Set(recordsOf(desk.replica, patientId));
    return (row) => row.patientId !== null && records.has(row.patientId);
  }
  const typed = fold(text ?? '').trim();
  if (typed === '') return () => true;
  const found = new Set(
    searchPatients(desk.replica, text ?? '', desk.now().slice(0, 10), FOUND_PATIENTS).flatMap((id) =>
      recordsOf(desk.replica, id),
    ),
  );
  // An imported thread may name its patient only in words.
  return (row) =>
    row.patientId !== null
      ? found.has(row.patientId)
      : fold(toldName(row)).includes(typed) || fold(row.threadId).includes(typed);
};

const newestOf = ({ replica }: Desk, threadId: string): StoredMessage | undefined =>
  replica
    .statement(`${SELECT_MESSAGES} where m.thread_id = ? and m.deleted_at is null order by m.id desc limit 1`)
    .get(threadId) as StoredMessage | undefined;

const unreadFirst = (desk: Desk, threadIds: readonly string[], wanted: Wanted): StoredMessage[] =>
  threadIds
    .flatMap((threadId) => newestOf(desk, threadId) ?? [])
    .filter(wanted)
    .sort((a, b) => b.id.localeCompare(a.id));

/** Goes back in time through the messages and takes the newest of each thread, until there are enough. */
const walk = (
  desk: Desk,
  options: { before: string; limit: number; wanted: Wanted; without: ReadonlyMap<string, number> },
): StoredMessage[] => {
  const seen = new Set<string>();
  const taken: string[] = [];
  const rows = desk.replica
    .statement(
      `select m.id, m.thread_id threadId, m.patient_id patientId, m.author, m.denorm from messages m
       where m.deleted_at is null and m.id < ? order by m.id desc`,
    )
    .iterate(options.before) as IterableIterator<Candidate>;
  for (const row of rows) {
    if (taken.length >= options.limit) break;
    if (seen.has(row.threadId) || options.without.has(row.threadId)) continue;
    seen.add(row.threadId);
    if (options.wanted(row)) taken.push(row.threadId);
  }
  // A thread with a newer message than the cursor was shown before it.
  return taken.flatMap((threadId) => {
    const newest = newestOf(desk, threadId);
    return newest && newest.id < options.before ? [newest] : [];
  });
};

const brief = (desk: Desk, session: Session, newest: StoredMessage, unread: number): ThreadBrief => ({
  ...subjectOf(desk, newest.threadId, newest, newest),
  count: desk.replica
    .statement('select count(*) from messages where thread_id = ? and deleted_at is null')
    .pluck()
    .get(newest.threadId) as number,
  unread,
  last: {
    at: iso(sentAt(newest)),
    author: authorShown(newest).name,
    mine: isMine(newest, session),
    type: newest.type,
    text: newest.text.slice(0, 200),
    files: asList(newest.attachments).length,
  },
  cursor: newest.id,
});
