import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshCentral, type TestCentral } from '../../support/central.ts';
import { type IdexxClinic, type IdexxDesk, idexxClinic, neoUser } from '../../support/idexx-clinic.ts';
import { day, later } from '../../support/idexx-day.ts';
import { idexxState } from '../../support/idexx-state.ts';
import { type NeoServer, startNeo } from '../../support/outside/neo.ts';

let central: TestCentral;
let neo: NeoServer;

beforeAll(async () => {
  central = await freshCentral();
  neo = await startNeo({ users: [neoUser], now: Date.now });
});
afterAll(async () => {
  await neo.close();
  await central.drop();
});

beforeEach(() => day(neo));

const withDesk = async <T>(work: (desk: IdexxDesk, clinic: IdexxClinic) => Promise<T>): Promise<T> => {
  const clinic = await idexxClinic(central.ownerUrl, neo);
  const desk = await clinic.open();
  try {
    return await work(desk, clinic);
  } finally {
    await desk.dispose();
  }
};

/** The first run and the one after the changes, neither of them cut. */
const uncut = () =>
  withDesk(async (desk, clinic) => {
    const requests = [neo.requests.length];
    let writes = 0;
    const { newId } = desk;
    desk.newId = () => {
      writes += 1;
      return newId();
    };
    expect(await desk.run()).toBeNull();
    requests.push(neo.requests.length);
    const first = writes;
    later(neo);
    expect(await desk.run()).toBeNull();
    requests.push(neo.requests.length);
    const [before = 0, middle = 0, after = 0] = requests;
    return {
      state: await idexxState(clinic),
      requests: [middle - before, after - middle] as const,
      writes: [first, writes - first] as const,
    };
  });

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Each cut has a clinic and a desk of its own. */
const LONG_MS = 240_000;

describe('a run that was cut and then run again leaves the same as one that never was:', {
  timeout: LONG_MS,
}, () => {
  test('cut at any of its requests, the first run and a later one', async () => {
    const whole = await uncut();
    expect(whole.requests.every((count) => count > 5)).toBe(true);
    for (const at of upTo(Math.max(...whole.requests))) {
      day(neo);
      await withDesk(async (desk, clinic) => {
        neo.faults.plan({ kind: 'cut' }, { after: at, times: 1000 });
        await desk.run();
        neo.faults.clear();
        expect(await desk.run()).toBeNull();
        later(neo);
        neo.faults.plan({ kind: 'cut' }, { after: at, times: 1000 });
        await desk.run();
        neo.faults.clear();
        expect(await desk.run()).toBeNull();
        expect(await idexxState(clinic), `cut at request ${at + 1}`).toEqual(whole.state);
      });
    }
  });

  test('crashed at any of its writes, the first run and a later one', async () => {
    const whole = await uncut();
    expect(whole.writes.every((count) => count > 3)).toBe(true);
    for (const at of upTo(Math.max(...whole.writes))) {
      day(neo);
      await withDesk(async (desk, clinic) => {
        await crash(desk, at);
        expect(await desk.run()).toBeNull();
        later(neo);
        await crash(desk, at);
        expect(await desk.run()).toBeNull();
        expect(await idexxState(clinic), `crashed at write ${at + 1}`).toEqual(whole.state);
        const open = await clinic.rows(
          `select 1 from idexx_sync_sessions where clinic_id = $1 and status = 'running'`,
          [clinic.clinicId],
        );
        expect(open).toEqual([]);
      });
    }
  });
});

/** A run that ends at its write of that number, as if the desk had crashed: that change and all after it never were. */
const crash = async (desk: IdexxDesk, at: number): Promise<void> => {
  const { newId } = desk;
  let writes = 0;
  desk.newId = () => {
    writes += 1;
    if (writes > at) throw new Error('crashed');
    return newId();
  };
  await desk.run();
  desk.newId = newId;
};
