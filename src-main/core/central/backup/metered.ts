import type { Hash } from 'node:crypto';

/** The pieces of a stream as they are, each taken into a hash on its way. */
export async function* metered(hash: Hash, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
}
