import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The parts of a login that are sealed, each by itself. */
export type SealedField = 'username' | 'password' | 'company_id';

/** A key for `seal`, 32 bytes in base64url. */
export const newSealingKey = (): string => randomBytes(32).toString('base64url');

/**
 * A text as central may keep it: `v1.IV.TAG.DATA`, AES-256-GCM with 12 random bytes of IV and the whole tag, in base64url.
 * Bound to the account and the field, so that nobody's password can stand in another's place.
 */
export const seal = (text: string, key: string, userId: string, field: SealedField): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv).setAAD(
    boundTo(userId, field),
  );
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
};

/** The text again; null under another key, for another account or field, or where it was changed. */
export const unseal = (sealed: string, key: string, userId: string, field: SealedField): string | null => {
  const [version, iv = '', tag = '', data = ''] = sealed.split('.');
  const bytes = (part: string): Buffer => Buffer.from(part, 'base64url');
  if (version !== 'v1' || bytes(iv).length !== 12 || bytes(tag).length !== 16) return null;
  const cipher = createDecipheriv('aes-256-gcm', bytes(key), bytes(iv))
    .setAAD(boundTo(userId, field))
    .setAuthTag(bytes(tag));
  try {
    return Buffer.concat([cipher.update(bytes(data)), cipher.final()]).toString('utf8');
  } catch {
    // Node throws where the tag does not fit.
    return null;
  }
};

const boundTo = (userId: string, field: SealedField): Buffer =>
  Buffer.from(`anteroom idexx 1\n${userId}\n${field}`);
