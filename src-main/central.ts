import { parseArgs } from 'node:util';
import { audit, auditUsage } from './commands/audit.ts';
import { backup, backupUsage, restoreBackup } from './commands/backup.ts';
import { clinicsUsage, findClinic, moveUsersIn } from './commands/clinics.ts';
import { desks, desksUsage, newDeskUrl, restartDesk, stopDesk } from './commands/desks.ts';
import { need, ownerUrl, settle, text, wholeNumber } from './commands/owner.ts';
import { resetAdmin, staff, staffUsage } from './commands/staff.ts';
import { addClinic, addDesk, initCentral, listClinics } from './core/central/admin.ts';
import { startEmbedded } from './core/central/embedded.ts';
import { Explained } from './core/explained.ts';
import { loadSample } from './core/sample/load.ts';
import { untilStopped } from './shell/until-stopped.ts';

const usage = `Usage: npm run central -- COMMAND …

  start --data DIR [--port P]        run Postgres here until Ctrl+C; prints the owner's URL
  init --url URL                     make Anteroom's tables, or bring them to this version
  add-clinic --url URL --name NAME [--name-el NAME] [--kind human|veterinary]
             [--timezone Europe/Athens] [--currency EUR]     prints the clinic's id
  clinics --url URL                  list the clinics
  add-desk --url URL --clinic ID --name NAME                 prints the desk's own URL
  sample --url URL [--patients N] [--appointments N] [--seed N] [--kind human|veterinary]
${clinicsUsage}${desksUsage}${staffUsage}${auditUsage}${backupUsage}
--url is the owner's connection URL; ANTEROOM_OWNER_URL may name it instead.
`;

/** `npm run central`. What a person can put right is thrown as Explained; a wrong command line sets exit code 2. */
export const main = async ([command = '', ...args]: string[]): Promise<void> => {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (run) return run(args);
  process.stderr.write(usage);
  process.exitCode = 2;
};

const start = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { data: text, port: text } });
  const port = values.port === undefined ? {} : { port: wholeNumber('port', values.port) };
  const stopped = untilStopped();
  const embedded = settle(await startEmbedded({ folder: need(values.data, 'data'), ...port }));
  if (embedded.note) process.stderr.write(`${embedded.note}\n`);
  process.stdout.write(`${embedded.url}\n`);
  await stopped;
  await embedded.stop();
};

const init = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text } });
  settle(await initCentral(ownerUrl(values.url)));
};

const newClinic = async (args: string[]): Promise<void> => {
  const options = {
    url: text,
    name: text,
    'name-el': text,
    kind: text,
    timezone: text,
    currency: text,
  };
  const { values } = parseArgs({ args, options });
  const kind = kindOf(values.kind);
  const id = settle(
    await addClinic(ownerUrl(values.url), {
      name: need(values.name, 'name'),
      kind,
      timezone: values.timezone ?? 'Europe/Athens',
      currency: values.currency ?? 'EUR',
      ...(values['name-el'] === undefined ? {} : { nameEl: values['name-el'] }),
    }),
  );
  process.stdout.write(`${id}\n`);
};

const clinics = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text } });
  for (const { id, name } of settle(await listClinics(ownerUrl(values.url)))) {
    process.stdout.write(`${id}  ${name}\n`);
  }
};

const newDesk = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text, clinic: text, name: text } });
  const desk = { clinicId: need(values.clinic, 'clinic'), name: need(values.name, 'name') };
  process.stdout.write(`${settle(await addDesk(ownerUrl(values.url), desk)).url}\n`);
};

const sample = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({
    args,
    options: { url: text, patients: text, appointments: text, seed: text, kind: text },
  });
  const url = ownerUrl(values.url);
  settle(await initCentral(url));
  const { kind, ...numbers } = { ...values, url: undefined };
  const sizes = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, wholeNumber(name, value)]],
  );
  const { clinicId, counts } = await loadSample(url, {
    ...Object.fromEntries(sizes),
    kind: kindOf(kind),
  }).catch((fault: unknown) => {
    throw isDuplicate(fault) ? new Explained(sampleIsThere) : fault;
  });
  for (const [table, rows] of Object.entries(counts)) process.stderr.write(`${rows} ${table}\n`);
  process.stdout.write(`${clinicId}\n`);
};

const sampleIsThere = 'This sample clinic is in the database already. Another --seed makes another one.';

const isDuplicate = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === '23505';

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start,
  init,
  'add-clinic': newClinic,
  clinics,
  'find-clinic': findClinic,
  'move-users': moveUsersIn,
  'add-desk': newDesk,
  desks,
  'disable-desk': stopDesk,
  'enable-desk': restartDesk,
  'renew-desk': newDeskUrl,
  sample,
  staff,
  'reset-admin': resetAdmin,
  audit,
  backup,
  restore: restoreBackup,
};

const kindOf = (given = 'human'): 'human' | 'veterinary' => {
  if (given === 'human' || given === 'veterinary') return given;
  throw new Explained('--kind is human or veterinary.');
};
