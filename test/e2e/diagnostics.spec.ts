import { readFileSync } from 'node:fs';
import { expect, test } from './fixture.ts';

test('how a desk runs is on a page and in a file, with a report of what failed on the screen', async ({
  desk,
}) => {
  const { page } = desk;
  const notice = page.getByText(/A part of Anteroom ended by a fault/);
  await expect(notice).toHaveCount(0);
  // A fault that nobody catches, as a page may have one.
  await page.evaluate(() => {
    const fault = new RangeError('Κανάρινος is too long');
    window.dispatchEvent(new ErrorEvent('error', { error: fault }));
  });
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'See the report' }).press('Enter');
  await expect(page.getByText('A part of the screen could not be drawn')).toBeVisible();
  await expect(page.getByText('RangeError')).toBeVisible();
  await expect(page.getByText('Free on the disk')).toBeVisible();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).press('Enter');
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^anteroom-diagnostics-[\d-]+\.json$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    sync: { phase: 'online' },
    crashes: [{ part: 'screen', fault: 'RangeError' }],
    log: expect.any(Array),
  });
  expect(text).not.toContain('Κανάρινος');
  await expect(notice).toHaveCount(0);
});
