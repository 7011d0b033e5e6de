import { randomBytes, timingSafeEqual } from 'node:crypto';
import { argon2, type Contents, type OpenBox } from './sealed.ts';

/** A PIN as a box holds it, at the cost of that box. */
export const sealPin = async (pin: string, { cost }: Pick<OpenBox, 'cost'>): Promise<Contents['pin']> => {
  const salt = randomBytes(16);
  return { cost, salt: salt.toString('hex'), hash: (await argon2(pin, salt, cost)).toString('hex') };
};

/** Whether it is the PIN of an open box; no PIN fits one that has none. */
export const isPin = async (pin: string, { contents }: OpenBox): Promise<boolean> => {
  if (!contents.pin) return false;
  const given = await argon2(pin, Buffer.from(contents.pin.salt, 'hex'), contents.pin.cost);
  return timingSafeEqual(given, Buffer.from(contents.pin.hash, 'hex'));
};
