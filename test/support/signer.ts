import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { v7 as newId } from 'uuid';
import type { ChangeRow, Outcome, PlainChange, SignedChange } from '../../src-main/contract/change.ts';
import { changeMessage } from '../../src-main/core/replica/signed.ts';
import { adds, sets, type TestStream } from './central-rows.ts';
import type { Staff } from './staff.ts';

export type Author = Pick<Staff, 'id' | 'signingKey'>;

const hmac = (key: string, message: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(message).digest('hex');

/** A change as its author's desk would send it; with a text of its own in place of its rows, where one is given. */
export const signed = (
  { rows, ...change }: PlainChange,
  author: Author,
  session: string,
  rowsText = JSON.stringify(rows),
): SignedChange => {
  const { change_id: changeId, kind, at } = change;
  const message = changeMessage({ changeId, kind, actor: author.id, at, rowsText }, session);
  return {
    ...change,
    actor: author.id,
    rows_text: rowsText,
    session,
    proof: hmac(author.signingKey, message),
  };
};

/** Somebody at a desk with raw SQL, who knows their own key and signs what they push. */
export class Signer {
  readonly author: Author;
  readonly stream: TestStream;
  readonly deskId: string;
  session = newId();

  constructor(author: Author, stream: TestStream, deskId: string) {
    this.author = author;
    this.stream = stream;
    this.deskId = deskId;
  }

  /** A change of the next number, signed. */
  change(rows: ChangeRow[], parts: Partial<PlainChange> = {}): SignedChange {
    return signed(this.stream.change(rows, parts), this.author, this.session);
  }

  /** Pushes one signed change. */
  async does(rows: ChangeRow[], parts: Partial<PlainChange> = {}): Promise<Outcome> {
    return outcomeOf(await this.stream.push([this.change(rows, parts)]));
  }

  /** Begins a session of its own. */
  async signsIn(): Promise<Outcome> {
    this.session = newId();
    return this.does([sessionOf(this.author.id, this.session, this.deskId)], { kind: 'signIn' });
  }

  /** Ends it. */
  signsOut(at: string): Promise<Outcome> {
    const ends = sets('user_sessions', this.session, { ended_at: at }, { ended_at: null });
    return this.does([ends], { kind: 'signOut', at });
  }

  /** The proof of the session for one connection. */
  async proofFor(client: pg.Client): Promise<string> {
    const { rows } = await client.query('select sign_in_challenge() as challenge');
    const message = ['sign_in', rows[0].challenge, this.author.id, this.session].join('\n');
    return hmac(this.author.signingKey, message);
  }

  /** Signs in on a connection, with a proof or a name that may be another's. */
  async provesTo(client: pg.Client, changed: { user?: string; proof?: string } = {}): Promise<void> {
    await client.query('select sign_in($1, $2, $3)', [
      changed.user ?? this.author.id,
      this.session,
      changed.proof ?? (await this.proofFor(client)),
    ]);
  }
}

/** The row that begins a session. */
export const sessionOf = (userId: string, session: string, deskId: string): ChangeRow =>
  adds('user_sessions', {
    id: session,
    user_id: userId,
    desk_id: deskId,
    method: 'password',
    started_at: '2026-11-24T06:00:00.000Z',
  });

/** The first outcome of a push. */
export const outcomeOf = (reply: { status: string; outcomes: Outcome[] }): Outcome => {
  const [outcome] = reply.outcomes;
  if (!outcome) throw new Error(`no outcome: ${reply.status}`);
  return outcome;
};

/** How an outcome reads in a test: `applied`, or the code and the constraint of its refusal. */
export const verdict = ({ outcome, refusal }: Outcome): string =>
  refusal ? `${refusal.code} ${refusal.constraint ?? ''}`.trim() : outcome;
