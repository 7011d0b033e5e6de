import { z } from 'zod';
import type { CentralConnection } from './connect.ts';

const Kept = z.object({
  granted: z.int(),
  over: z.array(z.string()),
  desks: z.record(z.string(), z.string()),
});
/** How many slots came to this desk, which it should give back, and the names of the desks that keep any, by id. */
export type Kept = z.infer<typeof Kept>;

const Returned = z.object({ returned: z.int(), wanted: z.boolean() });
/** How many leases were taken back, and whether another desk waits for one of them. */
export type Returned = z.infer<typeof Returned>;

/** Asks for this desk's share of the slots ahead; null where central gives it none, as to a desk that was stopped. */
export const keepLeases = (central: CentralConnection, incarnation: string): Promise<Kept | null> =>
  answerOf(central, 'keep_leases', { incarnation }, Kept);

/** Gives leases of an incarnation back, by slot and number, or all of them without `leases`; may be said twice. */
export const returnLeases = (
  central: CentralConnection,
  incarnation: string,
  leases?: readonly { id: string; taken: number }[],
): Promise<Returned | null> =>
  answerOf(
    central,
    'return_leases',
    {
      incarnation,
      ...(leases ? { leases: Object.fromEntries(leases.map(({ id, taken }) => [id, taken])) } : {}),
    },
    Returned,
  );

/** Tells what this desk knows of leases, its own and others', to central that lost its last commits; rows by column. */
export const tellLeases = async (
  central: CentralConnection,
  leases: readonly Record<string, unknown>[],
): Promise<void> => {
  await answerOf(central, 'tell_leases', { leases }, z.object({}));
};

const answerOf = async <T>(
  central: CentralConnection,
  name: 'keep_leases' | 'return_leases' | 'tell_leases',
  args: object,
  Answer: z.ZodType<T>,
): Promise<T | null> => {
  const [row] = await central.query<{ answer: { ok?: unknown } }>(
    `select ${name}($1::jsonb) as answer`,
    [JSON.stringify(args)],
    name,
  );
  return row?.answer.ok === undefined ? null : Answer.parse(row.answer.ok);
};
