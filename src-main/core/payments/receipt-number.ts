import type { Desk } from '../desk.ts';

const SETTING = 'receipts.last';
/** The column of the number holds forty characters. */
const NAME_LENGTH = 30;

/**
 * The number that this desk prints before central has given one: its name and a count of its own, which goes on where
 * its payments end if the count was lost with the replica. Inside the transaction of the payment, so that a payment that
 * was not saved uses up none.
 */
export const nextProvisionalNumber = ({ replica }: Desk): string => {
  const name = replica.statement('select desk_name from desk_state').pluck().get() as string | null;
  const prefix = `${(name ?? 'Desk').slice(0, NAME_LENGTH)}-`;
  const kept = replica.statement('select value from desk_settings where name = ?').pluck().get(SETTING);
  const last = kept === undefined ? highestOf(replica, prefix) : Number(JSON.parse(String(kept)));
  const next = last + 1;
  replica
    .statement(
      'insert into desk_settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    )
    .run(SETTING, JSON.stringify(next));
  return `${prefix}${next}`;
};

const highestOf = (replica: Desk['replica'], prefix: string): number =>
  (replica
    .statement(
      `select max(cast(substr(provisional_number, length(@prefix) + 1) as integer)) from payments
       where substr(provisional_number, 1, length(@prefix)) = @prefix`,
    )
    .pluck()
    .get({ prefix }) as number | null) ?? 0;
