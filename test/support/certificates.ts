import './reflect.ts';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as Crypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;

/** A certificate and its key, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** What a certificate says; valid from yesterday for a week unless told otherwise. */
interface Said {
  names: string[];
  fromDay?: number;
  untilDay?: number;
}

/** An authority that exists for one test. */
export interface Authority {
  /** Its own certificate, PEM. */
  cert: string;
  /** Signs a certificate for hosts; the days count from now. */
  certify(said: Said): Promise<Certificate>;
}

const pemOf = async (key: CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

const newKeys = (): Promise<CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

const serial = (): string => Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex');

const validity = ({ fromDay = -1, untilDay = 7 }: Said) => ({
  notBefore: new Date(Date.now() + fromDay * dayMs),
  notAfter: new Date(Date.now() + untilDay * dayMs),
});

const forHosts = (names: string[]): x509.Extension[] => [
  new x509.BasicConstraintsExtension(false, undefined, true),
  new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
  new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
];

/** Makes an authority of that name. */
export const newAuthority = async (name: string): Promise<Authority> => {
  const keys = await newKeys();
  const self = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    ...validity({ names: [] }),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return {
    cert: self.toString('pem'),
    certify: async (said) => {
      const own = await newKeys();
      const cert = await x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: 'CN=central',
        issuer: self.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        ...validity(said),
        extensions: forHosts(said.names),
      });
      return { cert: cert.toString('pem'), key: await pemOf(own.privateKey) };
    },
  };
};

/** A certificate that nobody but itself vouches for. */
export const selfSigned = async (said: Said): Promise<Certificate> => {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=central',
    keys,
    signingAlgorithm: algorithm,
    ...validity(said),
    extensions: forHosts(said.names),
  });
  return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) };
};
