import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { emptySlots, newPatient } from './day.ts';
import { type E2eClinic, type E2eDesk, expect, test } from './fixture.ts';

const inDialog = (page: Page): Locator => page.getByRole('dialog');

/** What axe finds on the page as it stands, by rule and place; of an open dialog alone, which is all that can be used. */
const findings = async (page: Page): Promise<string[]> => {
  // These pages have no frames, so axe may answer in the page itself, which takes a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if ((await inDialog(page).count()) > 0) axe.include('[role="dialog"]');
  const { violations } = await axe
    // What passes is not told one by one, which would take most of the time.
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Closes what stands over the screen, one after the other, and only that: Esc means more where nothing is open. */
const closeDialogs = async (page: Page): Promise<void> => {
  for (let open = await inDialog(page).count(); open > 0; open -= 1) {
    await press(page, 'Escape');
    await expect(inDialog(page)).toHaveCount(open - 1);
  }
};
const find = async (page: Page): Promise<void> => {
  await closeDialogs(page);
  await press(page, 'Control+k');
  await page.keyboard.type('zerva');
};
const register = async (page: Page): Promise<void> => {
  await press(page, 'n');
  await page.keyboard.type('Φιλιώ');
  await press(page, 'Tab');
  await page.keyboard.type('Ζερβάκη');
  await press(page, 'Tab');
  await page.keyboard.type('2105550142');
  await page.getByRole('dialog').locator('h3').waitFor();
  await press(page, 'Enter');
};

interface ScreenStep {
  name: string;
  /** Leads there from the step before. */
  open: (page: Page) => Promise<void>;
  /** Says that it is there. */
  shown: (page: Page) => Locator;
}

/** By keys, from the screen and not from a dialog over it. */
const byKeys =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    await closeDialogs(page);
    await press(page, ...keys);
  };
/** By Enter on what the open dialog has chosen. */
const onward = (page: Page): Promise<void> => press(page, 'Enter');

/** Every screen, one after the other. */
const screens: ScreenStep[] = [
  { name: 'board', open: byKeys(), shown: (page) => page.locator('.board-card').first() },
  { name: 'waiting room', open: byKeys('2'), shown: (page) => page.locator('[data-line]').first() },
  {
    name: 'payment',
    open: async (page) => {
      await press(page, 'ArrowDown');
      await page.locator('#panel-money').waitFor();
      await press(page, 'p');
    },
    shown: (page) => inDialog(page).getByRole('radiogroup').or(inDialog(page).locator('dl')).first(),
  },
  {
    name: 'prescription',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('section[aria-labelledby="panel-prescriptions"] header button').press('Enter');
    },
    shown: (page) => inDialog(page).getByRole('textbox'),
  },
  {
    name: 'money',
    open: byKeys('5'),
    shown: (page) => page.locator('#open-visits'),
  },
  {
    name: 'count',
    open: (page) => page.locator('section[aria-labelledby="takings-EUR"] button').last().press('Enter'),
    shown: (page) => page.locator('section[aria-labelledby="takings-EUR"] input').first(),
  },
  { name: 'patient search', open: find, shown: (page) => page.getByRole('option').first() },
  { name: 'patient', open: onward, shown: (page) => page.locator('#patient-facts') },
  { name: 'registration', open: register, shown: (page) => inDialog(page).getByRole('alert') },
  {
    name: 'possible duplicates',
    open: byKeys('d'),
    shown: (page) => inDialog(page).getByRole('status'),
  },
  { name: 'merge', open: byKeys('m'), shown: (page) => inDialog(page).getByRole('combobox') },
  { name: 'inbox', open: byKeys('9'), shown: (page) => page.getByRole('article').nth(1) },
  { name: 'doctors', open: byKeys('4'), shown: (page) => page.locator('[data-doctor]').first() },
  { name: 'doctor', open: byKeys('ArrowDown', 'Enter'), shown: (page) => page.locator('#doctor-away') },
  {
    name: 'hours',
    open: (page) => page.locator('section[aria-labelledby="doctor-hours"] button').first().press('Enter'),
    shown: (page) => page.locator('section[aria-labelledby="doctor-hours"] form'),
  },
  {
    name: 'leave',
    open: (page) => page.locator('section[aria-labelledby="doctor-away"] button').first().press('Enter'),
    shown: (page) => inDialog(page).locator('form'),
  },
  {
    name: 'messages',
    open: async (page) => {
      await closeDialogs(page);
      await press(page, '6');
      await page.locator('[data-thread]').first().press('Enter');
    },
    shown: (page) => page.locator('[data-composer]'),
  },
  // Esc leaves the composer first.
  { name: 'settings', open: byKeys('Escape', '0'), shown: (page) => page.locator('#settings-title') },
  {
    name: 'diagnostics',
    open: (page) => page.locator('[role="tab"]').last().press('Enter'),
    shown: (page) => page.locator('#failed-title'),
  },
  {
    name: 'unsent changes',
    open: async (page) => {
      await page.locator('[role="tab"]').first().press('Enter');
      await page.locator('[aria-labelledby="unsent-title"] button').first().press('Enter');
    },
    shown: (page) => inDialog(page).locator('form'),
  },
  {
    name: 'taking changes',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[aria-labelledby="unsent-title"] button').last().press('Enter');
    },
    shown: (page) => inDialog(page).locator('form'),
  },
  {
    name: 'clinic',
    open: async (page) => {
      await closeDialogs(page);
      await page.getByRole('tab').nth(1).press('Enter');
    },
    shown: (page) => page.getByRole('tabpanel').locator('form'),
  },
  {
    name: 'locations',
    open: (page) => page.getByRole('tab').nth(2).press('Enter'),
    shown: (page) => page.getByRole('tabpanel').getByRole('region').first(),
  },
  {
    name: 'visit type',
    open: async (page) => {
      await page.getByRole('tab').nth(4).press('Enter');
      await page.getByRole('tabpanel').getByRole('button').first().press('Enter');
    },
    shown: (page) => inDialog(page).locator('form'),
  },
  {
    name: 'staff',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[role="tab"][id$="-tab-staff"]').press('Enter');
    },
    shown: (page) => page.getByRole('tabpanel').getByRole('button'),
  },
  {
    name: 'first administrator',
    open: (page) => page.getByRole('tabpanel').getByRole('button').press('Enter'),
    shown: (page) => inDialog(page).locator('form'),
  },
  {
    name: 'signing in',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[role="tab"][id$="-tab-security"]').press('Enter');
    },
    shown: (page) => page.getByRole('tabpanel').locator('form'),
  },
  {
    name: 'audit',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[role="tab"][id$="-tab-audit"]').press('Enter');
      await page.locator('#audit-title').waitFor();
      await page.getByRole('tabpanel').locator('summary').first().press('Enter');
    },
    shown: (page) => page.getByRole('tabpanel').locator('details[open]'),
  },
  {
    name: 'desks',
    open: (page) => page.locator('[role="tab"][id$="-tab-desks"]').press('Enter'),
    shown: (page) => page.getByRole('tabpanel').getByRole('listitem').nth(2),
  },
  {
    name: 'desk name',
    open: (page) => page.getByRole('tabpanel').getByRole('button').first().press('Enter'),
    shown: (page) => inDialog(page).locator('form'),
  },
  {
    name: 'IDEXX Neo',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[role="tab"][id$="-tab-idexx"]').press('Enter');
    },
    shown: (page) => page.locator('[aria-labelledby="idexx-login-title"] li'),
  },
  {
    name: 'taking a login away',
    open: (page) => page.locator('[aria-labelledby="idexx-login-title"] li button').press('Enter'),
    shown: inDialog,
  },
  {
    name: 'connections',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[role="tab"][id$="-tab-connections"]').press('Enter');
    },
    shown: (page) => page.locator('table[aria-labelledby="runs-title"] tbody td[rowspan="2"]').first(),
  },
  {
    name: 'Cal.com',
    open: (page) => page.locator('[role="tab"][id$="-tab-calCom"]').press('Enter'),
    shown: (page) => page.locator('[aria-labelledby="cal-com-mapping"] table'),
  },
  {
    name: 'bringing data in',
    open: async (page) => {
      await page.locator('[role="tab"][id$="-tab-imports"]').press('Enter');
      await page.getByRole('tabpanel').getByRole('button').first().press('Enter');
    },
    shown: (page) => page.getByRole('radio').first(),
  },
  { name: 'calls', open: byKeys('7'), shown: (page) => page.locator('[data-call]').first() },
  { name: 'report', open: byKeys('8'), shown: (page) => page.locator('.report-table') },
  {
    name: 'export',
    open: (page) => page.getByRole('tab').last().click(),
    shown: (page) => page.locator('.export-card').first(),
  },
  { name: 'palette', open: byKeys('Control+j'), shown: inDialog },
  {
    name: 'print choice',
    open: byKeys('1', 'Control+p'),
    shown: (page) => inDialog(page).getByRole('button').nth(1),
  },
  { name: 'print', open: onward, shown: (page) => inDialog(page).locator('.paper') },
  { name: 'keys', open: byKeys('?'), shown: inDialog },
  {
    name: 'next free',
    open: byKeys('f'),
    shown: (page) => inDialog(page).getByRole('listitem').first(),
  },
  { name: 'booking', open: onward, shown: (page) => inDialog(page).locator('form') },
  {
    name: 'series',
    open: (page) => inDialog(page).getByRole('checkbox').press('Space'),
    shown: (page) => inDialog(page).getByRole('listitem').first(),
  },
  { name: 'waiting list', open: byKeys('u'), shown: inDialog },
  {
    name: 'sync',
    open: async (page) => {
      await closeDialogs(page);
      await page.locator('[data-tone]').press('Enter');
    },
    shown: inDialog,
  },
];

/** A desk with an entry in its inbox. */
const withConflict = async ([one, two]: [E2eDesk, E2eDesk]): Promise<void> => {
  const mine = await newPatient(one, 'Φιλιώ', 'Ζερβάκη');
  const theirs = await newPatient(two, 'Λουκάς', 'Βενιέρης');
  await Promise.all([one.settled(), two.settled()]);
  const slot = (await emptySlots(one))[0];
  await one.cutNetwork();
  await one.ask('book', { slotId: slot?.id ?? '', patientId: mine.id });
  await two.ask('book', { slotId: slot?.id ?? '', patientId: theirs.id });
  await two.settled();
  await one.mendNetwork();
};

/** A desk that has a login of a Neo that is out of reach, and has tried to read it. */
const withNeo = async (desk: E2eDesk): Promise<void> => {
  // Nothing listens there.
  const settings = { baseUrl: 'http://127.0.0.1:9' };
  await desk.ask('updateIntegration', { source: 'idexx', enabled: true, settings });
  await desk.ask('saveIdexxCredentials', { username: 'vet', password: 'by the harbour' });
  await expect
    .poll(async () => (await desk.ask('idexxRuns', {})).runs.map(({ status }) => status), { timeout: 60_000 })
    .toContain('failed');
};

/** Names of outside systems to link, and a booking that waits for one of them. */
const withNames = async (clinic: E2eClinic, desk: E2eDesk): Promise<void> => {
  const link = { name: 'Dr Nobody', doctorId: null, visitTypeId: null };
  await desk.ask('setOutsideLink', { ...link, source: 'idexx', kind: 'provider', externalId: '12' });
  await desk.ask('setOutsideLink', { ...link, source: 'cal_com', kind: 'event_type', externalId: '7' });
  const unlinked = { kind: 'event_type', externalId: '7', name: 'Dr Nobody' };
  await clinic.query(
    `insert into outside_bookings (clinic_id, id, source, external_id, starts_at, ends_at, status, person_name, phone,
       seen, problem, problem_at, problem_details)
     values ($1, gen_random_uuid(), 'cal_com', 'uid-1', now(), now() + interval '15 minutes', 'scheduled', 'Φιλιώ Ζερβάκη',
       '2105550142', '{}', 'unknown_doctor', now(), $2)`,
    [clinic.clinicId, JSON.stringify({ unlinked })],
  );
};

/** Opens the page anew in a language and a theme. */
const wear = async (page: Page, language: string, theme: string): Promise<void> => {
  await page.evaluate(
    ([spoken, shade]) => {
      const preferences = { state: { language: spoken, letterKeys: true, locationId: null }, version: 0 };
      localStorage.setItem('anteroom.preferences', JSON.stringify(preferences));
      localStorage.setItem('mantine-color-scheme-value', shade ?? 'light');
    },
    [language, theme],
  );
  await page.reload();
};

test('axe finds nothing on any screen, in both themes and both languages', async ({ clinic, twoDesks }) => {
  test.setTimeout(420_000);
  const [desk] = twoDesks;
  const { page } = desk;
  await withConflict(twoDesks);
  await withNeo(desk);
  await withNames(clinic, desk);
  const found: string[] = [];
  for (const language of ['en', 'el']) {
    for (const theme of ['light', 'dark']) {
      await wear(page, language, theme);
      for (const { name, open, shown } of screens) {
        await open(page);
        await shown(page).waitFor();
        for (const finding of await findings(page)) found.push(`${name}, ${language}, ${theme}: ${finding}`);
      }
    }
  }
  expect(found).toEqual([]);
});

test('axe finds nothing at the door, on the lock, and on the own account', async ({
  closedDesk: { desk, staff },
}) => {
  const { page } = desk;
  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    for (const finding of await findings(page)) found.push(`${name}: ${finding}`);
  };
  for (const [language, theme] of [
    ['en', 'light'],
    ['el', 'dark'],
  ] as const) {
    await wear(page, language, theme);
    await page.getByRole('combobox').waitFor();
    await look(`door, ${language}, ${theme}`);
    await page.keyboard.type('elp');
    await press(page, 'Enter');
    await page.keyboard.type('wrong');
    await press(page, 'Enter');
    await page.getByRole('alert').waitFor();
    await look(`refused, ${language}, ${theme}`);
    await page.keyboard.type(staff.receptionist.password);
    await press(page, 'Enter');
    await page.locator('.rail-person').press('Enter');
    await page.getByRole('menuitem').nth(2).press('Enter');
    await page.locator('#account-factor').waitFor();
    await page.locator('section[aria-labelledby="account-pin"] button').first().press('Enter');
    await page.locator('section[aria-labelledby="account-pin"] form').waitFor();
    await look(`account, ${language}, ${theme}`);
    await press(page, 'Control+l');
    await page.locator('h1 svg').waitFor();
    await look(`lock, ${language}, ${theme}`);
    await page.keyboard.type('4821');
    await press(page, 'Enter');
    await page.locator('.rail-person').press('Enter');
    // The page may see the door before its answer, with the cookie that a reload needs, is there.
    const signedOut = page.waitForResponse(/signOut/);
    await page.getByRole('menuitem').last().press('Enter');
    await signedOut;
    await page.getByRole('combobox').waitFor();
  }
  expect(found).toEqual([]);
});
