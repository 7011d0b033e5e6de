import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Algorithm, hash, hashRaw } from '@node-rs/argon2';
import { z } from 'zod';

/** What Argon2id costs: memory in KiB, passes over it, lanes. */
export interface Cost {
  memory: number;
  passes: number;
  lanes: number;
}

/** RFC 9106's second recommended option, in one lane: about a fifth of a second for each try, at a desk as for a thief. */
export const STANDARD_COST: Cost = { memory: 65_536, passes: 3, lanes: 1 };

/** `Algorithm.Argon2id`; the package declares a const enum, which cannot be read where types are only stripped. */
const ARGON2ID = 2 as Algorithm.Argon2id;

const Hex = z.string().regex(/^([0-9a-f]{2})+$/);

/** What a box asks for; more work than this is none of ours. */
const CostLimits = z.object({
  memory: z.int().min(8).max(262_144),
  passes: z.int().min(1).max(10),
  lanes: z.int().min(1).max(4),
});

/** A PIN as its Argon2id, with what that cost: a new password may cost more, and the PIN stays. */
const SealedPin = z.object({ cost: CostLimits, salt: Hex, hash: Hex });

/** What a box holds. */
export const Contents = z.object({
  /** 32 bytes, in hexadecimal. */
  signingKey: Hex.length(64),
  pin: SealedPin.nullable(),
  /** Base32, as authenticator apps have it. */
  totp: z.object({ secret: z.string() }).nullable(),
  /** SHA-256 of each recovery code that was not used, in hexadecimal. */
  recovery: z.array(Hex.length(64)),
});
export type Contents = z.infer<typeof Contents>;

/** The text of `staff_keys.sealed`. */
const Box = CostLimits.extend({
  v: z.literal(1),
  salt: Hex.length(32),
  iv: Hex.length(24),
  tag: Hex.length(32),
  data: Hex,
});
type Box = z.infer<typeof Box>;

/** A box that a password has opened: its contents, and the key that opens and closes it from now on. */
export interface OpenBox {
  userId: string;
  contents: Contents;
  cost: Cost;
  salt: Buffer;
  key: Buffer;
}

/** What the box of somebody new holds: a signing key of their own and nothing else. */
export const newContents = (): Contents => ({
  signingKey: randomBytes(32).toString('hex'),
  pin: null,
  totp: null,
  recovery: [],
});

/** Argon2id (RFC 9106), 32 bytes, beside the event loop. The text is normalised, since keyboards differ in accents. */
export const argon2 = (secret: string, salt: Buffer, { memory, passes, lanes }: Cost): Promise<Buffer> =>
  hashRaw(secret.normalize('NFKC'), {
    algorithm: ARGON2ID,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
    salt,
  });

/** The PHC string of a password for `users.hashed_password`, which other programs check and no desk ever sees. */
export const passwordHash = (password: string, { memory, passes, lanes } = STANDARD_COST): Promise<string> =>
  hash(password.normalize('NFKC'), {
    algorithm: ARGON2ID,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
  });

/** Makes the box of a password: open, and to be stored as `sealed` gives it. */
export const makeBox = async (
  userId: string,
  password: string,
  contents: Contents,
  cost: Cost = STANDARD_COST,
): Promise<OpenBox> => {
  const salt = randomBytes(16);
  return { userId, contents, cost, salt, key: await argon2(password, salt, cost) };
};

/** The text of a box: AES-256-GCM, bound to the account, so that nobody's box can be put in place of another's. */
export const sealed = ({ userId, contents, cost, salt, key }: OpenBox): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(userId));
  const data = Buffer.concat([cipher.update(JSON.stringify(contents), 'utf8'), cipher.final()]);
  const box: Box = {
    v: 1,
    ...cost,
    salt: salt.toString('hex'),
    iv: iv.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
    data: data.toString('hex'),
  };
  return JSON.stringify(box);
};

/** Opens a box; null for a wrong password, another's box, or a damaged one. */
export const openBox = async (text: string, userId: string, password: string): Promise<OpenBox | null> => {
  const box = readBox(text);
  if (!box) return null;
  const { memory, passes, lanes } = box;
  const cost = { memory, passes, lanes };
  const salt = Buffer.from(box.salt, 'hex');
  const key = await argon2(password, salt, cost);
  const contents = decipher(box, userId, key);
  return contents && { userId, contents, cost, salt, key };
};

/** The box as its text says now, by the key of one that was opened before; null where the password is another one. */
export const openAgain = (text: string, before: OpenBox): OpenBox | null => {
  const box = readBox(text);
  const contents = box && decipher(box, before.userId, before.key);
  return contents ? { ...before, contents } : null;
};

/** What a try at this box costs, or the standard where there is none, so that a try at nobody's takes as long. */
export const costOf = (text: string | null): Cost => {
  const box = text === null ? null : readBox(text);
  return box ? { memory: box.memory, passes: box.passes, lanes: box.lanes } : STANDARD_COST;
};

const boundTo = (userId: string): Buffer => Buffer.from(`anteroom staff key 1\n${userId}`);

const decipher = (box: Box, userId: string, key: Buffer): Contents | null => {
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.iv, 'hex'))
    .setAAD(boundTo(userId))
    .setAuthTag(Buffer.from(box.tag, 'hex'));
  try {
    const text = Buffer.concat([cipher.update(Buffer.from(box.data, 'hex')), cipher.final()]);
    return Contents.safeParse(JSON.parse(text.toString('utf8'))).data ?? null;
  } catch {
    // Node throws where the tag does not fit: that is what a wrong password looks like.
    return null;
  }
};

const readBox = (text: string): Box | null => {
  try {
    return Box.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
