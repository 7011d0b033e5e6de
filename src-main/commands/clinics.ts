import { parseArgs } from 'node:util';
import { clinicLine, findClinics, theClinic } from '../core/central/find-clinic.ts';
import { moveUsers } from '../core/central/moving/move.ts';
import { type LeftOut, leftOutReasons, type MoveStep } from '../core/central/moving/plan.ts';
import { readMovingUsers } from '../core/central/moving/source.ts';
import { need, ownerUrl, settle, text } from './owner.ts';

export const clinicsUsage = `  find-clinic --url URL TEXT         find clinics by name, city, the end of a phone number, or id
  move-users --url URL --clinic ID|TEXT --from FILE.csv|URL [--dry-run]
                                     give people of another system accounts, doctors' records and hours here
                                     (ANTEROOM_SOURCE_URL may name a source whose URL has a password)
`;

/** `npm run central -- find-clinic`: a line for each clinic that fits; exit code 1 where none does. */
export const findClinic = async (args: string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args, options: { url: text }, allowPositionals: true });
  const found = settle(await findClinics(ownerUrl(values.url), positionals.join(' ')));
  for (const clinic of found) process.stdout.write(`${clinicLine(clinic)}\n`);
  if (found.length > 0) return;
  process.stderr.write('No clinic fits.\n');
  process.exitCode = 1;
};

/** `npm run central -- move-users`: a line for each thing done, and on stderr one for each that was not, with the reason. */
export const moveUsersIn = async (args: string[]): Promise<void> => {
  const options = { url: text, clinic: text, from: text, 'dry-run': { type: 'boolean' } } as const;
  const { values } = parseArgs({ args, options });
  const url = ownerUrl(values.url);
  const dryRun = values['dry-run'] ?? false;
  const clinic = settle(await theClinic(url, need(values.clinic, 'clinic')));
  const users = await readMovingUsers(need(values.from ?? process.env['ANTEROOM_SOURCE_URL'], 'from'));
  const { steps, leftOut } = settle(await moveUsers(url, { clinicId: clinic.id, users, dryRun }));
  for (const step of steps) process.stdout.write(`${dryRun ? 'would ' : ''}${describe(step)}\n`);
  for (const one of leftOut) process.stderr.write(`${whyLeftOut(one)}\n`);
  process.stderr.write(
    `${clinic.name}: ${users.length} people read, ${steps.length} things ${dryRun ? 'to do' : 'done'}, ${leftOut.length} left out.\n`,
  );
};

const describe = (step: MoveStep): string => {
  switch (step.what) {
    case 'add_account':
      return `add account  ${step.email}  ${step.name}  ${step.role}`;
    case 'add_doctor':
      return `add doctor  ${step.email}  ${step.firstName} ${step.lastName}  ${step.specialization}`.trimEnd();
    case 'link_doctor':
      return `link doctor  ${step.email}`;
    case 'add_hours':
      return `add hours  ${step.email}  ${step.hours}  ${step.location}`;
  }
};

const whyLeftOut = ({ place, email, reason, value }: LeftOut): string =>
  [`left out: ${place}`, email, `${leftOutReasons[reason]}${value === null ? '' : ` (${value})`}`]
    .filter(Boolean)
    .join('  ');
