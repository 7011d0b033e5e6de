import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import type { CentralConnection } from './connect.ts';

const ITERATIONS = 4096;

/**
 * What Postgres keeps of a password (RFC 5802, RFC 7677). Made here, so that the password itself stands in no statement
 * and in no log of a server. `password` is plain ASCII, which needs no SASLprep.
 */
export const scramVerifier = async (password: string, salt = randomBytes(16)): Promise<string> => {
  const salted = await promisify(pbkdf2)(password, salt, ITERATIONS, 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  const serverKey = sign('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
};

/** A password that nobody has to type: 192 bits. */
export const randomPassword = (): string => randomBytes(24).toString('base64url');

/** The URL with another password. */
export const withPassword = (url: string, password: string): string => {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
};

/** The password that a URL names. */
export const passwordIn = (url: string): string => decodeURIComponent(new URL(url).password);

/** Gives the role of this connection another password; every role may do that to itself. */
export const setOwnPassword = async (central: CentralConnection, password: string): Promise<void> => {
  const verifier = await scramVerifier(password);
  await central.query(`alter role session_user password ${pg.escapeLiteral(verifier)}`);
};
