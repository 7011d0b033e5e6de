import { type LookupFunction, Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { TrustFault } from '../../contract/sync.ts';

/** What Node and OpenSSL call each fault of a certificate. What stands in neither list is `not_proven`. */
const faultsByCode: Readonly<Record<string, TrustFault>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong_host',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not_yet_valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown_authority',
  CERT_SIGNATURE_FAILURE: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown_authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown_authority',
};

/** For a log or a terminal: none of them repeats what the certificate or the URL says. */
export const trustMessages: Readonly<Record<TrustFault, string>> = {
  no_tls: 'it offers no encryption, or somebody on the way took the offer out',
  wrong_host: 'its certificate is for another host name than the one in the URL',
  expired: 'its certificate has expired',
  not_yet_valid: 'its certificate is not valid yet; if the clock of this computer is wrong, set it right',
  self_signed:
    'it signed its certificate itself; name that certificate as sslrootcert in the URL to trust it',
  unknown_authority:
    "who signed its certificate is not known here; name that authority's certificate as sslrootcert in the URL",
  not_proven: 'no encrypted connection with a certificate that verifies came about',
};

/** Which fault of trust an error of connecting stands for; null where it is about something else. */
export const trustFault = (code: string, message: string): TrustFault | null => {
  const known = faultsByCode[code];
  if (known) return known;
  if (message.includes('does not support SSL')) return 'no_tls';
  const isOfTls =
    /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|EPROTO$|INVALID_|UNABLE_TO|DEPTH_|SELF_SIGNED|HOSTNAME_|PATH_LENGTH)/.test(
      code,
    );
  return isOfTls || message.includes('establishing an SSL connection') ? 'not_proven' : null;
};

/** This computer itself, which needs no encryption on the way. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** TLS as libpq's `verify-full`: certificate, dates and host name. `authority` is PEM, in place of the system's own. */
export const fullVerification = (authority: string | null): ConnectionOptions => ({
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
  ...(authority === null ? {} : { ca: authority }),
});

const loopbackOnly: LookupFunction = (_name, { all }, answer) => {
  if (all)
    answer(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  else answer(null, '127.0.0.1', 4);
};

/**
 * A socket that asks nobody where loopback is: a hosts file or a resolver that says otherwise would carry the password
 * out of this computer unencrypted.
 */
export const loopbackSocket = (host: string): Socket =>
  new (class extends Socket {
    override connect(...given: unknown[]): this {
      return super.connect({ port: Number(given[0]), host, lookup: loopbackOnly });
    }
  })();

const weakerModes = ['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca'];

/**
 * The word of a URL that asks for less than `verify-full` where that is not given: `sslmode=require` and the like. Null
 * where there is none, or no URL.
 */
export const unheededMode = (text: string): string | null => {
  const url = URL.parse(text);
  if (!url || isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) return null;
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && weakerModes.includes(mode)) return `sslmode=${mode}`;
  return ['false', '0'].includes(url.searchParams.get('ssl') ?? '') ? 'ssl=false' : null;
};
