import { iso } from '../../clinic-day.ts';
import type { Desk } from '../../desk.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { scheduleExceptions } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import { takeLink } from './links.ts';
import type { Block } from './mapping.ts';
import type { Scope } from './scope.ts';

/** The id of the blocked time that one of Neo's blocks is here. */
export const blockIdOf = ({ clinicId }: Scope, externalId: string): string =>
  outsideId('idexx', clinicId, 'block', externalId);

/**
 * Takes time that Neo has blocked as blocked time of the doctor here, within the caller's change. Of a provider who is
 * nobody here it is nothing: blocked time without a doctor would be everybody's.
 */
export const takeBlock = (scope: Scope, change: ChangeWriter, block: Block): void => {
  const { doctorId } = takeLink(scope, change, 'provider', block.provider);
  const id = blockIdOf(scope, block.id);
  const there = scope.desk.replica
    .statement('select deleted_at from schedule_exceptions where id = ?')
    .get(id);
  if (doctorId === null) {
    if (there) dropBlock(scope, change, id);
    return;
  }
  const set = {
    doctorId,
    startsAt: iso(block.span.start),
    endsAt: iso(block.span.end),
    reason: block.reason,
  };
  if (there) change.update(scheduleExceptions, id, { ...set, deletedAt: null });
  else change.insert(scheduleExceptions, { id, kind: 'block', source: 'idexx', ...set });
};

/** Takes blocked time away again. */
export const dropBlock = ({ desk, now }: Scope, change: ChangeWriter, id: string): void => {
  const stands = desk.replica.statement(
    'select 1 from schedule_exceptions where id = ? and deleted_at is null',
  );
  if (stands.get(id)) change.update(scheduleExceptions, id, { deletedAt: iso(now) });
};

/** The blocks of Neo that begin in a stretch of time (epoch milliseconds). */
export const readBlocks = ({ replica }: Desk, from: number, to: number): string[] =>
  replica
    .statement(
      `select id from schedule_exceptions
       where source = 'idexx' and deleted_at is null and starts_at >= ? and starts_at < ? order by starts_at, id`,
    )
    .pluck()
    .all(from, to) as string[];
