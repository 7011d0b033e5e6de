import type { CentralConnection } from './connect.ts';

/** What a desk says of itself. */
export interface DeskReport {
  /** Of Anteroom. */
  version: string;
  /** Changes that it has not sent. */
  waiting: number;
  keyChangedAt: string | null;
  passwordChangedAt: string | null;
}

/** Says it, for the list of the clinic's desks; a desk that was stopped does too. */
export const reportDesk = async (central: CentralConnection, report: DeskReport): Promise<void> => {
  await central.query('select report_desk($1::jsonb)', [JSON.stringify(report)]);
};

/** Says that this desk has destroyed what it held, and how many changes it had not sent; may be said twice. */
export const reportWiped = async (central: CentralConnection, lost: number): Promise<void> => {
  await central.query('select desk_wiped($1::jsonb)', [JSON.stringify({ lost })]);
};
