import { createHash } from 'node:crypto';

/** What of a change its author signs: central has the same in `change_message`. */
export interface Signable {
  changeId: string;
  kind: string;
  actor: string;
  /** ISO 8601 UTC with milliseconds, as it is sent. */
  at: string;
  /** The rows as they are kept and sent: the text and not its meaning is signed, since JSON has many forms. */
  rowsText: string;
}

/** The text that a change made in `session` is signed by. */
export const changeMessage = ({ changeId, kind, actor, at, rowsText }: Signable, session: string): string => {
  const digest = createHash('sha256').update(rowsText, 'utf8').digest('hex');
  return ['change', changeId, kind, actor, at, session, digest].join('\n');
};
