import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption';

/*
 * Files that leave this computer are written in age's format (age-encryption.org/v1) for a passphrase, so that the `age`
 * tool opens them without Anteroom. The library does the format; the passphrase's key is derived here, by Node's own
 * scrypt, which does not hold up the desk for the second that it takes.
 */

/** Age's own default: 2^18 rounds, 256 MB, about a second. */
const LOG_ROUNDS = 18;
/** More than the library's own reader takes. */
const MAX_LOG_ROUNDS = 20;
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const FILE_KEY_BYTES = 16;
const cipher = 'chacha20-poly1305';
/** Each passphrase's key is used once, since its salt is. */
const nonce = Buffer.alloc(12);

/** The shortest passphrase that a new file is made for, in characters. */
export const MIN_PASSPHRASE = 12;

/** Why a file does not open. `wrong_passphrase` is also what a damaged beginning looks like. */
export type AgeFault = 'not_age' | 'wrong_passphrase' | 'damaged';

/** An encrypted file that does not open, or not to its end. */
export class AgeFileFault extends Error {
  override readonly name = 'AgeFileFault';
  readonly fault: AgeFault;

  constructor(fault: AgeFault) {
    super(fault);
    this.fault = fault;
  }
}

/** A step of a pipeline that encrypts for a passphrase. Holds a few pieces in memory at a time. */
export const encryptingFor = (passphrase: string) =>
  async function* (plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipientFor(passphrase));
    const encrypted = await encrypter.encrypt(asWeb(Readable.from(plain, { objectMode: false })));
    yield* Readable.fromWeb(asNode(encrypted));
  };

/**
 * Decrypts a stream. Rejects with `AgeFileFault` where the passphrase does not fit; the stream ends with one where a
 * later part is damaged or the end is missing: what it gave until then is genuine, and not all.
 */
export const decryptStream = async (encrypted: Readable, passphrase: string): Promise<Readable> => {
  const reader = new PassphraseReader(passphrase);
  const decrypter = new Decrypter();
  decrypter.addIdentity(reader);
  try {
    const plain = await decrypter.decrypt(asWeb(Readable.from(beginning(encrypted), { objectMode: false })));
    return Readable.from(untilDamaged(Readable.fromWeb(asNode(plain))), { objectMode: false });
  } catch (fault) {
    encrypted.destroy();
    if (isOfSystem(fault) || fault instanceof AgeFileFault) throw fault;
    throw new AgeFileFault(reader.tried === null ? 'not_age' : reader.tried);
  }
};

const firstLine = Buffer.from('age-encryption.org/v1\n');

/** Looks at how a file begins before more of it is read: one that is none may be of any size, and have no lines. */
async function* beginning(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let seen: Buffer | null = Buffer.alloc(0);
  for await (const piece of source) {
    if (!seen) {
      yield piece;
      continue;
    }
    seen = Buffer.concat([seen, piece]);
    if (seen.length < firstLine.length) continue;
    if (!seen.subarray(0, firstLine.length).equals(firstLine)) throw new AgeFileFault('not_age');
    yield seen;
    seen = null;
  }
}

async function* untilDamaged(plain: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* plain;
  } catch (fault) {
    throw isOfSystem(fault) ? fault : new AgeFileFault('damaged');
  }
}

/** Whether the file could not be read at all, rather than understood. */
const isOfSystem = (fault: unknown): boolean =>
  fault instanceof Error && 'syscall' in fault && typeof fault.syscall === 'string';

// The two libraries describe one and the same stream by types of their own.
const asWeb = (stream: Readable) =>
  Readable.toWeb(stream) as unknown as globalThis.ReadableStream<Uint8Array>;
const asNode = (stream: globalThis.ReadableStream<Uint8Array>) => stream as unknown as ReadableStream;

const recipientFor = (passphrase: string): Recipient => ({
  wrapFileKey: async (fileKey) => {
    const salt = randomBytes(SALT_BYTES);
    const sealer = createCipheriv(cipher, await keyOf(passphrase, salt, LOG_ROUNDS), nonce, {
      authTagLength: TAG_BYTES,
    });
    const body = Buffer.concat([sealer.update(fileKey), sealer.final(), sealer.getAuthTag()]);
    return [new Stanza(['scrypt', base64(salt), String(LOG_ROUNDS)], body)];
  },
});

/** Opens the one stanza of a file that is encrypted for a passphrase. */
class PassphraseReader implements Identity {
  readonly #passphrase: string;
  /** What is wrong if the file does not open now; null before it was found to be for a passphrase. */
  tried: 'wrong_passphrase' | 'damaged' | null = null;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const [stanza, ...others] = stanzas;
    const [kind, salt = '', rounds = ''] = stanza?.args ?? [];
    if (!stanza || kind !== 'scrypt' || others.length > 0 || !/^[1-9]\d?$/.test(rounds)) return null;
    if (Number(rounds) > MAX_LOG_ROUNDS || stanza.body.length !== FILE_KEY_BYTES + TAG_BYTES) return null;
    this.tried = 'wrong_passphrase';
    const key = await keyOf(this.#passphrase, Buffer.from(salt, 'base64'), Number(rounds));
    const opener = createDecipheriv(cipher, key, nonce, { authTagLength: TAG_BYTES });
    opener.setAuthTag(stanza.body.subarray(FILE_KEY_BYTES));
    const fileKey = opener.update(stanza.body.subarray(0, FILE_KEY_BYTES));
    try {
      opener.final();
    } catch {
      return null;
    }
    this.tried = 'damaged';
    return fileKey;
  }
}

const keyOf = (passphrase: string, salt: Buffer, logRounds: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const labelled = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt]);
    const cost = { N: 2 ** logRounds, r: 8, p: 1, maxmem: 2 * 128 * 8 * 2 ** logRounds };
    scrypt(passphrase, labelled, 32, cost, (fault, key) => (fault ? reject(fault) : resolve(key)));
  });

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
