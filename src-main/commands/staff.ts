import { parseArgs } from 'node:util';
import { listStaff, resetAdministrator } from '../core/central/staff-accounts.ts';
import { need, ownerUrl, settle, text } from './owner.ts';

export const staffUsage = `  staff --url URL --clinic ID        list who signs in
  reset-admin --url URL --clinic ID --email ADDRESS    a code for an administrator who lost the password
`;

/** `npm run central -- staff`. */
export const staff = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text, clinic: text } });
  for (const one of settle(await listStaff(ownerUrl(values.url), need(values.clinic, 'clinic')))) {
    const last = one.lastLoginAt?.toISOString() ?? 'never';
    process.stdout.write(`${one.name}  ${one.email}  ${one.role}  ${one.state}  last signed in ${last}\n`);
  }
};

/** `npm run central -- reset-admin`: prints the code, and to stderr what to do with it. */
export const resetAdmin = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text, clinic: text, email: text } });
  const whom = { clinicId: need(values.clinic, 'clinic'), email: need(values.email, 'email') };
  const { code, name, expiresAt } = settle(await resetAdministrator(ownerUrl(values.url), whom));
  process.stdout.write(`${code}\n`);
  process.stderr.write(
    `${name} types this at a desk's sign-in page, once, before ${expiresAt}, and chooses a new password. ` +
      'Sessions, PIN and second factor of before end with that.\n',
  );
};
