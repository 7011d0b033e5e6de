import type { CallInput, CallName, CallOutput } from '../contract/calls.ts';
import type { Result } from '../contract/errors.ts';
import type { ImportProblem } from '../contract/message.ts';
import { Explained } from '../core/explained.ts';

/** The little of a desk that is needed here. */
export interface CallDesk {
  dispatch(name: string, input: unknown): Promise<Result<unknown>>;
}

/** The longest line that a desk takes, in characters. */
const MAX_LINE = 900_000;
const AT_ONCE = 200;

/**
 * Takes the lines of a file, a few hundred at a time, and tells each one that was not taken with its number. A line
 * that is no UTF-8 is not taken either, since it would not come out as it came in.
 */
export const importLines = async (
  desk: CallDesk,
  source: AsyncIterable<Uint8Array>,
  tell: (problem: ImportProblem) => void,
): Promise<{ imported: number; known: number; problems: number }> => {
  const total = { imported: 0, known: 0, problems: 0 };
  const problem = (found: ImportProblem): void => {
    total.problems += 1;
    tell(found);
  };
  let lines: string[] = [];
  let firstLine = 1;
  const send = async (): Promise<void> => {
    if (lines.length > 0) {
      const taken = await ask(desk, 'importMessages', { lines, firstLine });
      total.imported += taken.imported;
      total.known += taken.known;
      for (const found of taken.problems) problem(found);
    }
    firstLine += lines.length;
    lines = [];
  };
  let number = 0;
  for await (const bytes of linesOf(source)) {
    number += 1;
    const line = decoded(bytes);
    if (line === null) problem({ line: number, why: 'not_json', what: 'not UTF-8' });
    else if (line.length > MAX_LINE) problem({ line: number, why: 'too_long', what: 'the line' });
    // An empty line keeps the count of those that follow.
    lines.push(line === null || line.length > MAX_LINE ? '' : line);
    if (lines.length >= AT_ONCE) await send();
  }
  await send();
  return total;
};

/** Writes every message as a line; answers how many. */
export const exportLines = async (
  desk: CallDesk,
  write: (lines: string) => Promise<void>,
): Promise<number> => {
  let count = 0;
  let after: string | undefined;
  do {
    const page: CallOutput<'exportMessages'> = await ask(desk, 'exportMessages', after ? { after } : {});
    if (page.lines.length > 0) await write(`${page.lines.join('\n')}\n`);
    count += page.lines.length;
    after = page.next ?? undefined;
  } while (after !== undefined);
  return count;
};

const ask = async <N extends CallName>(
  desk: CallDesk,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> => {
  const answer = await desk.dispatch(name, input);
  if (answer.ok) return answer.value as CallOutput<N>;
  throw new Explained(answer.error.message);
};

const NEWLINE = 10;

async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = [];
  for await (const piece of source) {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...rest, piece.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    if (from < piece.length) rest.push(piece.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

const decoded = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r$/, '');
  } catch {
    return null;
  }
};
