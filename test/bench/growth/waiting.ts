import { join } from 'node:path';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { patients } from '../../../src-main/core/schema/replica/index.ts';
import { until } from '../../support/until.ts';
import { type OnlineDesk, startDesk } from '../live-desk.ts';
import { timed } from '../result.ts';
import { newDesk, type Setting, say } from '../setting.ts';
import type { Series } from './exponent.ts';

const CHANGES = [100, 1000, 4000];

/**
 * What grows with the changes that a desk made while it was away: the time until central has all of them and the desk holds
 * what central made of them.
 */
export const growthByWaiting = async (setting: Setting): Promise<Series[]> => {
  const clinic = await setting.otherClinic({ patients: 500, appointments: 500 });
  const desk = await startDesk(await newDesk(clinic), join(setting.folder(), 'away.db'));
  const sent: Series = { what: 'coming back', points: [] };
  for (const size of CHANGES) {
    say(`Coming back with ${size} changes …`);
    desk.workOffline(true);
    writeChanges(desk, size);
    desk.workOffline(false);
    sent.points.push({ size, ms: await timed(() => untilSent(desk)) });
  }
  await desk.close();
  return [sent];
};

const writeChanges = (desk: OnlineDesk, count: number): void => {
  const ids = desk.replica.statement('select id from patients').pluck().all() as string[];
  for (let n = 0; n < count; n += 1) {
    const id = ids[n % ids.length] ?? '';
    const notes = `Note ${n} of ${count}`;
    writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, id, { notes }),
    );
  }
};

const untilSent = (desk: OnlineDesk): Promise<unknown> =>
  until(
    'everything is sent',
    () => desk.replica.statement('select 1 from outbox limit 1').get() === undefined,
    600_000,
  );
