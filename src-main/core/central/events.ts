import pg from 'pg';
import type { CentralConnection } from './connect.ts';

/** Tells central what is no change, for its audit. Told again after a lost answer, it is kept once. */
export const tellEvents = async (
  central: CentralConnection,
  events: readonly object[],
): Promise<{ ok: true } | { ok: false; reason: string }> => {
  try {
    const [row] = await central.query<{ answer: { ok: number } | { error: string } }>(
      'select tell_events($1::jsonb) as answer',
      [JSON.stringify(events)],
      'tell_events',
    );
    const answer = row?.answer ?? { error: 'no answer' };
    return 'ok' in answer ? { ok: true } : { ok: false, reason: answer.error };
  } catch (fault) {
    if (!(fault instanceof pg.DatabaseError) || central.closed) throw fault;
    return { ok: false, reason: fault.code ?? fault.name };
  }
};
