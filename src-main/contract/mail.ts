import { z } from 'zod';

/**
 * How the line to the mail server is kept private. `tls` from the first byte (port 465), `starttls` asked for and insisted
 * on (port 587), `none` only to a server on this very computer.
 */
export const MailSecurity = z.enum(['tls', 'starttls', 'none']);
export type MailSecurity = z.infer<typeof MailSecurity>;

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/);

/** The mail server that this desk sends by, without the password, which is in its keychain. */
export const MailSettings = z.object({
  host,
  port: z.int().min(1).max(65535),
  security: MailSecurity,
  /** Empty where the server asks for no login. */
  user: z.string().trim().max(255),
  /** Whom mails come from. */
  sender: z.email().max(255),
});
export type MailSettings = z.infer<typeof MailSettings>;
