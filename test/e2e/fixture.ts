import { test as base, expect } from '@playwright/test';
import type { StaffRole } from '../../src-main/contract/session.ts';
import { addStaff, type Staff } from '../support/staff.ts';
import { copyClinic, type E2eClinic } from './clinic.ts';
import { type E2eDesk, type RunningDesk, showsBoard, startDesk } from './desk.ts';

export type { E2eClinic, E2eDesk };
export { expect, showsBoard };

interface Fixtures {
  /** A central of this test's own, with the sample clinic. */
  clinic: E2eClinic;
  /** Starts one more desk of the clinic. */
  startDesk: (name: string) => Promise<E2eDesk>;
  /** A desk that is online, its board open. */
  desk: E2eDesk;
  /** Two desks of the clinic, both online, their boards open. */
  twoDesks: [E2eDesk, E2eDesk];
  /** A desk of a clinic whose people sign in, the page at its door open; and those people, by role. */
  closedDesk: { desk: E2eDesk; staff: Record<StaffRole, Staff> };
}

/** How Chromium reports a reading that was under way while somebody came in or signed out: it is turned away on purpose. */
const turnedAway = /status of 401/;

/**
 * Playwright's test with real desks. A test fails too when a page of its desks reported an error or a breach of
 * the content security policy.
 */
export const test = base.extend<Fixtures>({
  // Playwright reads which fixtures this one needs from the pattern, and the linter wants no empty one.
  clinic: async ({ browserName: _ }, use) => {
    const clinic = await copyClinic();
    await use(clinic);
    await clinic.drop();
  },
  startDesk: async ({ browser, clinic }, use) => {
    const running: RunningDesk[] = [];
    await use(async (name) => {
      const desk = await startDesk(browser, name, await clinic.addDesk(name));
      running.push(desk);
      return desk;
    });
    await Promise.all(running.map((desk) => desk.stop()));
    expect(running.flatMap(({ faults }) => faults)).toEqual([]);
  },
  desk: async ({ startDesk }, use) => use(await startDesk('Reception')),
  twoDesks: async ({ startDesk }, use) =>
    use(await Promise.all([startDesk('Reception'), startDesk('Second desk')])),
  closedDesk: async ({ browser, clinic: { ownerUrl, clinicId, addDesk } }, use) => {
    const add = (role: StaffRole, name: string) => addStaff(ownerUrl, clinicId, { role, name });
    const staff = {
      receptionist: await add('receptionist', 'Ελπίδα Ντόκου'),
      doctor: await add('doctor', 'Dr Nikos Kostas'),
      admin: await add('admin', 'Maria Adamou'),
    };
    const desk = await startDesk(browser, 'Reception', await addDesk('Reception'), { signsIn: true });
    await use({ desk, staff });
    await desk.stop();
    expect(desk.faults.filter((fault) => !turnedAway.test(fault))).toEqual([]);
  },
});
