import { Explained } from '../explained.ts';
import type { Secrets } from './secrets.ts';

type Keytar = typeof import('keytar').default;

const SERVICE = 'Anteroom';

/**
 * Secrets in the keychain of the operating system. `desk` keeps several desks of one PC apart.
 * Throws Explained when there is no keychain, with what to install.
 */
export const keychainSecrets = async (desk: string): Promise<Secrets> => {
  const keytar = await loadKeytar();
  const account = (name: string): string => `${desk}/${name}`;
  await ask(() => keytar.getPassword(SERVICE, account('probe')));
  return {
    insecure: false,
    get: (name) => ask(() => keytar.getPassword(SERVICE, account(name))),
    set: (name, value) => ask(() => keytar.setPassword(SERVICE, account(name), value)),
    delete: async (name) => void (await ask(() => keytar.deletePassword(SERVICE, account(name)))),
    clear: async (except) => {
      const kept = new Set(except.map(account));
      const found = await ask(() => keytar.findCredentials(SERVICE));
      const own = found.map((one) => one.account).filter((one) => one.startsWith(account('')));
      for (const one of own) if (!kept.has(one)) await ask(() => keytar.deletePassword(SERVICE, one));
    },
  };
};

const loadKeytar = async (): Promise<Keytar> => {
  try {
    return (await import('keytar')).default;
  } catch (fault) {
    throw noKeychain(fault);
  }
};

const ask = async <T>(question: () => Promise<T>): Promise<T> => {
  try {
    return await question();
  } catch (fault) {
    throw noKeychain(fault);
  }
};

const remedies: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    'Install libsecret and a keyring (Debian and Ubuntu: apt install libsecret-1-0 libsecret-1-dev gnome-keyring; ' +
    'Fedora: dnf install libsecret-devel gnome-keyring), run npm install again, and start from a desktop session ' +
    'whose keyring is unlocked.',
  darwin: 'Open Keychain Access and unlock the login keychain; if that does not help, run npm install again.',
  win32: 'Make sure the Credential Manager service runs; if that does not help, run npm install again.',
};

const noKeychain = (fault: unknown): Explained =>
  new Explained(
    `Anteroom keeps the key of the patients' data in the keychain of this computer and could not reach it: ` +
      `${fault instanceof Error ? fault.message.split('\n', 1)[0] : String(fault)}\n` +
      `${remedies[process.platform] ?? 'Install a keychain that keytar supports.'}\n` +
      'To keep the key in a file that anyone with access to the disk can read, start with --insecure-key-file.',
  );
