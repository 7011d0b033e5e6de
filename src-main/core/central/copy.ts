import { to } from 'pg-copy-streams';
import type { CentralConnection } from './connect.ts';
import { columnSql, type PulledTable } from './pull.ts';

/** Takes one row's values as text, in the order of the columns. */
export type TakeRow = (values: (string | null)[]) => void;

/** Reads a clinic's rows of a table, ordered by key. Rejects when central stops or the connection goes. */
export const copyTable = async (
  central: CentralConnection,
  table: PulledTable,
  clinicId: string,
  take: TakeRow,
): Promise<void> => {
  const columns = table.columns.map(columnSql).join(', ');
  const stream = central.client.query(
    to(
      `copy (select ${columns} from ${table.name}
        where clinic_id = ${central.client.escapeLiteral(clinicId)} order by id) to stdout`,
    ),
  );
  const lines = new CopyLines(take);
  for await (const chunk of stream) lines.push(chunk as Buffer);
};

const newline = 10;

/** Cuts COPY's text format into rows. */
export class CopyLines {
  readonly #take: TakeRow;
  #rest: Buffer | undefined;

  constructor(take: TakeRow) {
    this.#take = take;
  }

  /** Takes the next piece of the stream, which may end anywhere. */
  push(chunk: Buffer): void {
    // A newline byte is never part of a value or of a UTF-8 sequence: COPY writes `\n` for it.
    const end = chunk.lastIndexOf(newline) + 1;
    if (end === 0) {
      this.#rest = this.#rest ? Buffer.concat([this.#rest, chunk]) : Buffer.from(chunk);
      return;
    }
    const whole = chunk.subarray(0, end);
    const text = (this.#rest ? Buffer.concat([this.#rest, whole]) : whole).toString('utf8');
    this.#rest = end < chunk.length ? Buffer.from(chunk.subarray(end)) : undefined;
    const lines = text.split('\n');
    lines.pop();
    for (const line of lines) this.#take(readLine(line));
  }
}

const readLine = (line: string): (string | null)[] => {
  const values: (string | null)[] = line.split('\t');
  if (!line.includes('\\')) return values;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === '\\N') values[index] = null;
    else if (value?.includes('\\')) values[index] = unescaped(value);
  }
  return values;
};

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unescaped = (value: string): string =>
  value.replaceAll(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
