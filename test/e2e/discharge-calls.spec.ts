import type { E2eClinic } from './clinic.ts';
import { firstLocation, newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

const CASE = '0192f000-0050-7000-8000-000000000001';
const CALL = '0192f000-0051-7000-8000-000000000001';

/** A consultation of yesterday, as a run leaves it, whose owner is to be called now. */
const callIsDue = async ({ query, clinicId }: E2eClinic, desk: E2eDesk): Promise<string> => {
  const { id } = await newPatient(desk, 'Ρεξ', 'Ζερβάκης');
  await desk.settled();
  await query(
    `insert into cases (clinic_id, id, external_id, patient_id, status, reason, consulted_at, clinical_notes,
       discharge_summary)
     values ($1, $2, 'idexx-1-4711', $3, 'completed', 'Limping', now() - interval '1 day', 'Swollen left carpus.',
       'Rest for a week.')`,
    [clinicId, CASE, id],
  );
  await query(
    `insert into scheduled_discharge_calls (clinic_id, id, case_id, patient_id, phone, due_at)
     values ($1, $2, $3, $4, '+30 210 555 0142', now() - interval '1 hour')`,
    [clinicId, CALL, CASE, id],
  );
  return id;
};

test('a call after discharge is taken by one desk, made with its summary in view, and told on the patient’s page', async ({
  clinic,
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const patientId = await callIsDue(clinic, one);
  const { id: locationId } = await firstLocation(one);
  for (const { page } of twoDesks) {
    await page.keyboard.press('7');
    await page.getByText('After discharge', { exact: true }).click();
    await page.locator(`[data-call="${CALL}"]`).focus();
  }
  const script = one.page.getByRole('region', { name: 'The call' });
  await expect(script).toContainText('Rest for a week.');
  await expect(script).toContainText('How is Ρεξ Ζερβάκης since the visit?');

  await one.page.keyboard.press('c');
  await expect(one.page.locator(`[data-call="${CALL}"]`)).toContainText('ringing here');
  await expect(two.page.locator(`[data-call="${CALL}"]`)).toContainText('another desk is calling');
  await expect(two.page.getByRole('button', { name: /^Reached/ })).toHaveCount(0);

  await one.page.keyboard.press('c');
  await expect(one.page.locator(`[data-call="${CALL}"]`)).toContainText('speaking here');
  await script.getByLabel('Note').fill('Eats well');
  await script.getByRole('button', { name: /^Reached/ }).click();
  await expect(one.page.locator(`[data-call="${CALL}"]`)).toContainText('done');
  await expect
    .poll(async () => (await two.ask('callList', { list: 'discharge', locationId }))[0]?.discharge?.status)
    .toBe('completed');
  expect(await two.ask('patientCases', { patientId })).toMatchObject([
    { id: CASE, call: { status: 'completed', notes: 'Eats well' } },
  ]);

  await one.page.locator(`[data-call="${CALL}"]`).focus();
  await one.page.keyboard.press('o');
  const cases = one.page.getByRole('region', { name: 'Consultations' });
  await cases.getByText('Limping').click();
  await expect(cases).toContainText('Swollen left carpus.');
  await expect(cases).toContainText('Eats well');
});
