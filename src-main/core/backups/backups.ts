import { z } from 'zod';
import type { Backup, Backups } from '../../contract/backup.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { noteEvent } from '../replica/audit-events.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';

const folderSetting = 'backupFolder';
const DAY_MS = 86_400_000;
/** A backup that is older is a week's work that could be lost. */
const dueMs = 7 * DAY_MS;

/** How the clinic's database is kept safe, as far as this desk can know. */
export const backups = async (desk: Desk, session: Session): Promise<CallResult<'backups'>> => {
  const { isSample, createdAt } = ownClinic(desk);
  const now = Date.parse(desk.now());
  const isDue = ([last]: readonly Backup[]): boolean =>
    last ? now - Date.parse(last.madeAt) > dueMs : now - createdAt > DAY_MS;
  const nothing = { due: false, made: [], work: null, folder: null };
  if (isSample) return ok({ kind: 'sample', ...nothing });
  if (!desk.backups) {
    const { embedded, made } = await askCentral(desk, session);
    return ok({ ...nothing, kind: 'elsewhere', due: embedded && isDue(made), made });
  }
  const made = await desk.backups.list();
  const folder = z
    .string()
    .nullable()
    .catch(null)
    .parse(readSetting(desk.replica, folderSetting) ?? null);
  return ok({ kind: 'here', due: isDue(made), made, work: desk.backups.work(), folder });
};

const ownClinic = ({ replica }: Desk): { isSample: boolean; createdAt: number } => {
  const row = replica.statement('select is_sample as isSample, created_at as createdAt from clinics').get() as
    | { isSample: number; createdAt: number }
    | undefined;
  return { isSample: row?.isSample === 1, createdAt: row?.createdAt ?? 0 };
};

const State = z.object({
  embedded: z.boolean(),
  made: z.array(z.object({ madeAt: z.string(), bytes: z.int(), checkedAt: z.string().nullable() })),
});

/** What central itself knows; without a connection nothing, since a reminder can wait. */
const askCentral = async (
  desk: Desk,
  session: Session,
): Promise<{ embedded: boolean; made: Backups['made'] }> => {
  const answer = await desk.askCentral?.(session, 'backup_state', {});
  const state = answer?.ok ? State.safeParse(answer.value) : undefined;
  if (!state?.success) return { embedded: false, made: [] };
  const instant = (text: string): string => new Date(text).toISOString();
  const made = state.data.made.map((one) => ({
    ...one,
    madeAt: instant(one.madeAt),
    checkedAt: one.checkedAt && instant(one.checkedAt),
  }));
  return { embedded: state.data.embedded, made };
};

/** Begins a backup of the database of this PC. */
export const startBackup = async (
  desk: Desk,
  session: Session,
  { folder, passphrase }: ParsedInput<'startBackup'>,
): Promise<CallResult<'startBackup'>> => {
  if (!desk.backups || ownClinic(desk).isSample) return refuse('no_database_here');
  const started = await desk.backups.start(folder, passphrase);
  if (!started.ok) return started;
  noteEvent(desk, session, { action: 'export', details: { what: 'backup' } });
  writeSetting(desk.replica, folderSetting, folder);
  return ok({});
};
