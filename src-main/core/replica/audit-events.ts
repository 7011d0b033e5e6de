import { createHash } from 'node:crypto';
import type { EventAction } from '../../contract/audit.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import type { Store } from './connection.ts';

/** Something that is no change and that the audit is to know of. */
export interface AuditEvent {
  action: EventAction;
  /** The row that it is about; for a wrong password, the account in `users`. */
  table?: string;
  rowId?: string;
  /** More about it; never what a record says. */
  details?: Record<string, unknown>;
  /** Who did it, where that is not the person of the session: somebody who is just coming in or going. */
  userId?: string;
}

/** An event as it goes to central. What was signed holds the text of the details, so that text is what is sent. */
export interface SentEvent {
  id: string;
  action: string;
  actor: string | null;
  at: string;
  session: string | null;
  proof: string | null;
  table: string | null;
  row: string | null;
  details_text: string | null;
}

/** What the actor of an event signs; the lines that central puts together in `tell_events`. */
const messageOf = (event: Omit<SentEvent, 'session' | 'proof'>, sessionId: string): string =>
  [
    'event',
    event.id,
    event.action,
    event.actor ?? '',
    event.at,
    sessionId,
    event.table ?? '',
    event.row ?? '',
    createHash('sha256')
      .update(event.details_text ?? '')
      .digest('hex'),
  ].join('\n');

/**
 * Keeps an event until central has it, with the signature of whoever did it if they are signed in. It is on the disk when
 * this returns, so that nothing is read of which the audit will not know.
 */
export const noteEvent = (desk: Desk, session: Session, event: AuditEvent): void => {
  const actor = event.userId ?? session.userId;
  const unsigned = {
    id: desk.newId(),
    action: event.action,
    actor,
    at: desk.now(),
    table: event.table ?? null,
    row: event.rowId ?? null,
    details_text: event.details ? JSON.stringify(event.details) : null,
  };
  const signature = actor === null ? null : desk.sign?.(actor, (sessionId) => messageOf(unsigned, sessionId));
  desk.replica
    .statement(
      `insert into audit_events (id, action, actor, table_name, row_id, details, at, session_id, proof)
       values (@id, @action, @actor, @table, @row, @details_text, @when, @session, @proof)`,
    )
    .run({
      ...unsigned,
      when: Date.parse(unsigned.at),
      session: signature?.sessionId ?? null,
      proof: signature?.proof ?? null,
    });
  desk.replica.announce(new Set(['audit_events']));
};

/** The oldest events that central does not have yet. */
export const waitingEvents = (store: Store, most: number): SentEvent[] =>
  (
    store
      .statement(
        `select id, action, actor, at, session_id as session, proof, table_name as "table", row_id as row,
           details as details_text
         from audit_events order by rowid limit ?`,
      )
      .all(most) as (Omit<SentEvent, 'at'> & { at: number })[]
  ).map((event) => ({ ...event, at: iso(event.at) }));

/** Lets go of events that central has. */
export const forgetEvents = (store: Store, ids: readonly string[]): void => {
  store
    .statement('delete from audit_events where id in (select value from json_each(?))')
    .run(JSON.stringify(ids));
};
