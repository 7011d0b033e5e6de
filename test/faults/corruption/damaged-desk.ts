import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { v7 as newId } from 'uuid';
import type { ToldTrouble } from '../../../src-main/contract/sync.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { registerPatient } from '../../../src-main/core/patients/register.ts';
import { travellingChanges } from '../../../src-main/core/replica/adopt.ts';
import { writeSetting } from '../../../src-main/core/replica/desk-settings.ts';
import type { Replica } from '../../../src-main/core/replica/open.ts';
import { openOrReplace } from '../../../src-main/core/replica/open-or-replace.ts';
import { addRefusal } from '../../../src-main/core/replica/refusals.ts';
import { toldTroubles } from '../../../src-main/core/replica/troubles.ts';
import { anyone, deskOnFile, type LoneDesk } from '../../support/desk.ts';
import { must } from '../../support/must.ts';

export const key = randomBytes(32);
export const PAGE = 4096;

/** What a desk had when its file was copied as it lay there. */
export interface Lying {
  /** Ids of the changes that central had not answered, in order. */
  unsent: string[];
  inbox: string[];
  patients: number;
}

/** A desk that registered some patients without central and has an entry in its inbox; its log is not empty. */
export const busyDesk = (file: string, patients: number): LoneDesk & { lie(to: string): Lying } => {
  const desk = deskOnFile(file, key);
  desk.replica
    .statement(
      `update desk_state set clinic_id = ?, desk_id = ?, desk_name = 'Desk 1', epoch = 'e', cursor = 7`,
    )
    .run(newId(), newId());
  addUsers(desk.replica);
  const register = (count: number, notes: number) => {
    for (let at = 0; at < count; at += 1) {
      must(
        registerPatient(desk, anyone, {
          firstName: `First${at}`,
          lastName: `Last${notes}-${at}`,
          phone: `69${String(10_000_000 + at)}`,
          notes: 'n'.repeat((at * 37) % notes),
          saveAnyway: true,
        }),
      );
    }
  };
  writeSetting(desk.replica, 'mine', 'kept');
  register(Math.ceil(patients * 0.8), 7_000);
  const refused = { changeId: newId(), kind: 'book', actor: null, at: desk.now(), rows: [] };
  addRefusal(desk.replica, {
    changes: [refused],
    refusal: { code: 'clash' } as never,
    refusedAt: desk.now(),
  });
  // As an idle moment and the next write leave the log: begun anew.
  desk.replica.db.pragma('wal_checkpoint(TRUNCATE)');
  register(Math.floor(patients * 0.2), 300);
  return {
    ...desk,
    lie: (to) => {
      for (const end of ['', '-wal', '-shm'])
        if (existsSync(`${file}${end}`)) copyFileSync(`${file}${end}`, `${to}${end}`);
      return {
        unsent: travellingChanges(desk.replica).map(({ changeId }) => changeId),
        inbox: [refused.changeId],
        patients,
      };
    },
  };
};

/** Accounts enough for several pages; what they say does not matter here. */
const addUsers = ({ db }: Replica): void => {
  const columns = db.pragma('table_info(users)') as { name: string; type: string; notnull: number }[];
  const needed = columns.filter(({ notnull }) => notnull === 1);
  const insert = db.prepare(
    `insert into users (${needed.map(({ name }) => name).join()}) values (${needed.map(() => '?').join()})`,
  );
  for (let at = 0; at < 80; at += 1) {
    insert.run(needed.map(({ type }) => (type === 'integer' ? at : `${at}`.padEnd(40, 'u'))));
  }
};

/** Opens a file as a desk's start does; what it was told stands with it. */
export const openAgain = async (
  file: string,
  wasHere = true,
): Promise<{ replica: Replica; told: ToldTrouble[] }> => {
  const opened = await openOrReplace({
    file,
    key,
    newId: () => newId(),
    now: () => '2026-11-25T07:00:00.000Z',
    log: noLog,
    wasHere,
  });
  const replica = must(opened);
  return { replica, told: toldTroubles(replica) };
};

/** What lies in a folder of what was put aside. */
export const asideIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('.set-aside-'));
