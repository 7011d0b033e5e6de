import { createTransport } from 'nodemailer';
import type { MailSettings } from '../../contract/mail.ts';
import type { MailFault } from '../../contract/staff.ts';

/** A mail in plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** A server that says nothing for so long is not going to. */
const SILENCE_MS = 15_000;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Whether a mail server may be spoken to without TLS: on this very computer nobody listens in. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/**
 * Sends a mail, or says why not. The server's certificate is always verified, against the authorities that Node knows
 * (`NODE_EXTRA_CA_CERTS` adds a clinic's own); STARTTLS that is not offered is a fault, not a reason to go on without.
 */
export const sendMail = async (
  settings: MailSettings,
  password: string | null,
  mail: Mail,
  silenceMs = SILENCE_MS,
): Promise<MailFault | null> => {
  const { host, port, security, user, sender } = settings;
  if (security === 'none' && !isLoopback(host)) return 'no_tls';
  if (user && password === null) return 'no_password';
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    ...(user && password !== null ? { auth: { user, pass: password } } : {}),
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from: sender, ...mail });
    return null;
  } catch (fault) {
    return faultOf(fault);
  } finally {
    transport.close();
  }
};

/** What the fault of nodemailer, or of TLS beneath it, means to a person. */
const faultOf = (fault: unknown): MailFault => {
  if (!(fault instanceof Error)) return 'refused';
  const code = 'code' in fault ? String(fault.code) : '';
  const command = 'command' in fault ? String(fault.command) : '';
  const reply = 'responseCode' in fault ? Number(fault.responseCode) : 0;
  if (isCertificateFault(fault)) return 'untrusted';
  if (code === 'EAUTH' || reply === 535) return 'refused_login';
  if (code === 'ETIMEDOUT') return 'silent';
  if (code === 'ETLS' || command === 'STARTTLS') return 'no_tls';
  if (code === 'EENVELOPE') return command.startsWith('MAIL') ? 'refused_sender' : 'refused_recipient';
  if (['ECONNECTION', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'].includes(code))
    return /wrong version number|SSL routines|EPROTO/i.test(fault.message) ? 'no_tls' : 'unreachable';
  return 'refused';
};

const isCertificateFault = (fault: Error): boolean =>
  [fault, fault.cause].some(
    (one) =>
      one instanceof Error &&
      /CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|ALTNAME|self.signed|certificate/i.test(
        `${'code' in one ? String(one.code) : ''} ${one.message}`,
      ),
  );
