import { v7 as newId } from 'uuid';
import { Replica } from '../../src-main/core/replica/open.ts';
import { random } from '../../src-main/core/sample/random.ts';
import type { SyncedReplica } from './setting.ts';

/** A free time to book, another to move the booking to, and for whom. */
export interface Choice {
  slotId: string;
  otherSlotId: string;
  patientId: string;
}

/** Free slots of the coming weeks, two for each round, with somebody to book into them; and who is expected today. */
export const choose = (
  { file, key }: SyncedReplica,
  rounds: number,
): { choices: Choice[]; expected: string[] } => {
  const replica = new Replica({ file, key, newId });
  const slots = replica.db
    .prepare(
      `select s.id from doctor_time_slots s where s.is_available = 1 and s.start_time_utc > ?
         and not exists (select 1 from appointments a where a.doctor_id = s.doctor_id
           and a.scheduled_at < s.end_time_utc and a.ends_at > s.start_time_utc
           and a.scheduled_at > s.start_time_utc - 43200000 and a.status not in ('cancelled', 'no_show', 'left'))
       order by s.start_time_utc limit ?`,
    )
    .pluck()
    .all(Date.now() + 86_400_000, rounds * 2) as string[];
  const patients = replica.db.prepare('select id from patients limit 5000').pluck().all() as string[];
  const expected = replica.db
    .prepare(
      `select id from appointments where status = 'scheduled' and scheduled_at between ? and ?
       order by abs(scheduled_at - ?) limit ?`,
    )
    .pluck()
    .all(Date.now() - 43_200_000, Date.now() + 43_200_000, Date.now(), rounds) as string[];
  replica.close();
  const source = random(1);
  const choices = Array.from({ length: Math.floor(slots.length / 2) }, (_, n) => ({
    slotId: slots[2 * n] ?? '',
    otherSlotId: slots[2 * n + 1] ?? '',
    patientId: source.pick(patients),
  }));
  return { choices, expected };
};
