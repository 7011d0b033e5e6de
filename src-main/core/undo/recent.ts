import { type ChangeRow, derivedKinds } from '../../contract/change.ts';
import type { Desk } from '../desk.ts';

/** What somebody did at this desk, as its change tells it. */
export interface RecentChange {
  changeId: string;
  kind: string;
  rows: ChangeRow[];
}

/** For how long an action may be taken back. */
const UNDO_MS = 10 * 60_000;
/** More than anybody does and takes back in ten minutes. */
const LOOKED_AT = 200;

/**
 * What this person did here in the last ten minutes and has not taken back, newest first. An import, which goes on behind what
 * they do, is not among it; nor is a change that central refused: it is in the inbox. Ids are UUIDv7 of this desk's clock,
 * so their order is that of doing.
 */
export const recentChanges = ({ replica, now }: Desk, userId: string | null): RecentChange[] => {
  const rows = replica
    .statement(
      `select change_id changeId, kind, rows from (
         select * from (select change_id, kind, actor, at, rows from outbox
           where state in ('waiting', 'applied') and kind not in (select value from json_each(@derived))
           order by change_id desc limit ${LOOKED_AT})
         union
         select * from (select change_id, kind, actor, at, rows from acknowledged
           where outcome = 'applied' and kind not in (select value from json_each(@derived))
           order by change_id desc limit ${LOOKED_AT}))
       where at >= @since and actor is @userId and change_id not in (select change_id from undone)
       order by change_id desc`,
    )
    .all({
      since: Date.parse(now()) - UNDO_MS,
      userId,
      derived: JSON.stringify(derivedKinds),
    }) as { changeId: string; kind: string; rows: string }[];
  return rows.map((row) => ({ ...row, rows: JSON.parse(row.rows) as ChangeRow[] }));
};
