import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { serverUrl } from '../support/central.ts';
import { plants } from './simulator/plants.ts';
import { huntInProcess, replayInProcess } from './simulator/processes.ts';

vi.setConfig({ testTimeout: 600_000 });

const known = 1;
const fresh = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000_000);
const schedules = 80;

const hunt = async (...options: string[]) => huntInProcess(['--server', await serverUrl(), ...options]);

const holds = async (seed: number) => {
  const { seeds, found } = await hunt('--seed', String(seed), '--seeds', String(schedules));
  expect({ seeds, found }).toEqual({ seeds: schedules, found: [] });
};

describe('whatever befalls desks, their lines and central, nothing is lost, sold twice or overwritten in silence', () => {
  test(`on days from seed ${known}, tried before`, () => holds(known));
  test(`on new days, from seed ${fresh} (FAULT_SEED=${fresh} tries them again)`, () => holds(fresh));
});

describe('a day that once went wrong stays right', () => {
  const folder = join(import.meta.dirname, 'simulator/found');
  for (const name of readdirSync(folder)) {
    test(name.replace('.json', '').replaceAll('-', ' '), async () => {
      expect(await replayInProcess(join(folder, name), await serverUrl())).toContain('all rules held');
    });
  }
});

test('a day that is played again is the same to the last verdict', async () => {
  const [one, again] = [
    await hunt('--seed', '11', '--seeds', '4'),
    await hunt('--seed', '11', '--seeds', '4'),
  ];
  expect(again.print).toBe(one.print);
});

describe('a mistake that somebody put in is found', () => {
  // From where most of them come up before long.
  const from = '30';
  for (const [name, { says }] of Object.entries(plants)) {
    test(`that ${says}`, async () => {
      const { found } = await hunt('--planted', name, '--as-found', '--seed', from, '--seeds', '150');
      expect(found).toHaveLength(1);
    });
  }
});
