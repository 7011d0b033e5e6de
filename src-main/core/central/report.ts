import type { CentralConnection } from './connect.ts';

/** What a desk says of itself: its version of Anteroom, and how many changes it has not sent. */
export interface DeskReport {
  version: string;
  waiting: number;
}

/** Says it, for the list of the clinic's desks; a desk that was stopped does too. */
export const reportDesk = async (central: CentralConnection, report: DeskReport): Promise<void> => {
  await central.query('select report_desk($1::jsonb)', [JSON.stringify(report)]);
};

/** Says that this desk has a new key or password. */
export const reportSecretChanged = async (
  central: CentralConnection,
  what: 'key' | 'password',
): Promise<void> => {
  await central.query('select desk_secret_changed($1::jsonb)', [JSON.stringify({ what })]);
};

/** Says that this desk has destroyed what it held, and how many changes it had not sent; may be said twice. */
export const reportWiped = async (central: CentralConnection, lost: number): Promise<void> => {
  await central.query('select desk_wiped($1::jsonb)', [JSON.stringify({ lost })]);
};
