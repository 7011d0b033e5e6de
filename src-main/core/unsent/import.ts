import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { fleetingKinds } from '../../contract/change.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { UnsentTaken } from '../../contract/unsent.ts';
import type { Desk, Session } from '../desk.ts';
import { filesOf } from '../desk-files.ts';
import { adoptChange, adoptRefusal, fateOf } from '../replica/adopt.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { fileNamePattern, isRunsOwn, tally } from './export.ts';
import { readUnsentFile, type Unsent } from './unsent-file.ts';

/** What a file holds, before anything of it is taken. */
export const readUnsent = async (
  desk: Desk,
  _session: Session,
  { file, passphrase }: ParsedInput<'readUnsent'>,
): Promise<CallResult<'readUnsent'>> => {
  const found = await open(desk, file, passphrase);
  if (!found.ok) return found;
  const { path, unsent } = found.value;
  const { head, changes, refusals, files, missingFiles } = unsent;
  const ids = [...changes, ...refusals.map((entry) => entry.changes[0])].flatMap(
    (one) => one?.changeId ?? [],
  );
  const known = ids.filter((id) => fateOf(desk.replica, id) !== null).length;
  const { deskName, writtenAt } = head;
  return ok({ ...tally(changes, refusals), file: path, deskName, writtenAt, known, files, missingFiles });
};

/**
 * Takes the changes of a file into this desk's outbox, all or none, in the order in which they were done. Central applies
 * each once, whichever desk brings it first, and answers the other one with the same outcome.
 */
export const importUnsent = async (
  desk: Desk,
  _session: Session,
  { file, passphrase }: ParsedInput<'importUnsent'>,
): Promise<CallResult<'importUnsent'>> => {
  const found = await open(desk, file, passphrase, (bytes) => filesOf(desk).put(bytes));
  if (!found.ok) return found;
  const { replica } = desk;
  const { unsent } = found.value;
  const tables = replica.db.transaction(() => adopt(desk, unsent)).immediate();
  replica.announce(tables);
  const { head, changes, missingFiles } = unsent;
  const taken: Taken = {
    deskName: head.deskName,
    takenAt: desk.now(),
    changes: changes
      .filter((change) => !fleetingKinds.includes(change.kind) && !isRunsOwn(change))
      .map(({ changeId, kind }) => ({ changeId, kind })),
    inbox: unsent.refusals.length,
    missingFiles,
  };
  writeSetting(replica, settingName, taken);
  return ok(whatBecame(desk, taken));
};

const adopt = ({ replica }: Desk, { changes, refusals }: Unsent): Set<string> => {
  const tables = new Set(['outbox', 'refusals']);
  for (const change of changes) {
    if (isRunsOwn(change) || fateOf(replica, change.changeId) !== null) continue;
    for (const table of adoptChange(replica, change)) tables.add(table);
  }
  for (const entry of refusals) {
    const [first] = entry.changes;
    if (first && fateOf(replica, first.changeId) === null) adoptRefusal(replica, entry);
  }
  return tables;
};

/** What became of what was last taken here. */
export const unsentTaken = (desk: Desk): CallResult<'unsentTaken'> => {
  const taken = Taken.safeParse(readSetting(desk.replica, settingName));
  return ok(taken.success ? whatBecame(desk, taken.data) : null);
};

const settingName = 'unsentTaken';

const Taken = z.object({
  deskName: z.string(),
  takenAt: z.string(),
  changes: z.array(z.object({ changeId: z.string(), kind: z.string() })),
  inbox: z.int(),
  missingFiles: z.array(z.string()),
});
type Taken = z.infer<typeof Taken>;

const whatBecame = ({ replica }: Desk, { changes, ...rest }: Taken): UnsentTaken => {
  const kinds = new Map<string, UnsentTaken['kinds'][number]>();
  for (const { changeId, kind } of changes) {
    const entry = kinds.get(kind) ?? { kind, waiting: 0, applied: 0, refused: 0 };
    // What this desk has forgotten was applied more than a month ago.
    entry[fateOf(replica, changeId) ?? 'applied'] += 1;
    kinds.set(kind, entry);
  }
  return { ...rest, kinds: [...kinds.values()] };
};

/** Reads a file of this clinic; of a folder, its newest. */
const open = async (
  desk: Desk,
  named: string,
  passphrase: string,
  keep?: (bytes: Buffer) => Promise<unknown>,
): Promise<Result<{ path: string; unsent: Unsent }>> => {
  const path = isAbsolute(named) ? await findFile(named) : null;
  if (path === null) return refuse('file_unreadable', { file: named });
  const { clinicId } = readDeskState(desk.replica);
  const unsent = await readUnsentFile(path, passphrase, clinicId, keep);
  if (typeof unsent === 'string') return refuse(unsent, { file: path });
  return ok({ path, unsent });
};

const findFile = async (named: string): Promise<string | null> => {
  const there = await stat(named).catch(() => null);
  if (!there?.isDirectory()) return there?.isFile() ? named : null;
  const names = (await readdir(named).catch(() => [])).filter((name) => fileNamePattern.test(name));
  const dated = await Promise.all(
    names.map(async (name) => ({ path: join(named, name), at: (await stat(join(named, name))).mtimeMs })),
  );
  return dated.sort((a, b) => b.at - a.at)[0]?.path ?? null;
};
