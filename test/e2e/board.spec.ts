import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import type { Appointment, DaySchedule } from '../../src-main/contract/appointment.ts';
import { firstLocation, newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

/** Today at the location that the board opens with. */
const readToday = async (desk: E2eDesk): Promise<DaySchedule> => {
  const [location] = await desk.ask('locations', {});
  if (!location) throw new Error('the sample clinic has a location');
  const date = Temporal.Now.zonedDateTimeISO(location.timezone).toPlainDate().toString();
  return desk.ask('daySchedule', { date, locationId: location.id });
};

/** A booking of today whose patient needs not be asked for phone and address. */
const plainBooking = ({ appointments }: DaySchedule): Appointment => {
  const found = appointments.find(({ status, alerts }) => status === 'scheduled' && !alerts.contactDue);
  if (!found) throw new Error('the sample clinic expects somebody today');
  return found;
};

type Place = Pick<Appointment, 'id' | 'doctorId' | 'start' | 'end'>;

/** Slots of the same doctor on which an appointment fits without touching another. */
const freeSlotsFor = ({ doctors, appointments }: DaySchedule, moved: Place) => {
  const length = Date.parse(moved.end) - Date.parse(moved.start);
  const day = doctors.find(({ doctorId }) => doctorId === moved.doctorId);
  const others = appointments.filter(
    ({ id, doctorId, status }) =>
      id !== moved.id && doctorId === moved.doctorId && !['cancelled', 'no_show', 'left'].includes(status),
  );
  if (!day) return [];
  return day.slots.filter((slot) => {
    const end = new Date(Date.parse(slot.start) + length).toISOString();
    const open = day.open.some((stretch) => stretch.start <= slot.start && end <= stretch.end);
    const blocked = day.blocked.some((block) => block.start < end && block.end > slot.start);
    const taken = others.some((other) => other.start < end && other.end > slot.start);
    return slot.available && open && !blocked && !taken && slot.start !== moved.start;
  });
};

const minute = 60_000;
const minutesBetween = (start: string, end: string): number => (Date.parse(end) - Date.parse(start)) / minute;
const later = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * minute).toISOString();

/**
 * A booking of this test's own after which its doctor is free for half an hour, and the slot that follows it. Who was
 * booked there is cancelled first, so that it can be had however full the day is.
 */
const growable = async (desk: E2eDesk) => {
  const day = await readToday(desk);
  const waiting = day.appointments.filter(({ status }) => status === 'scheduled');
  const others = { ...day, appointments: day.appointments.filter((each) => !waiting.includes(each)) };
  for (const { doctorId, slots } of day.doctors) {
    const [slot] = freeSlotsFor(others, { ...threeQuarters, doctorId });
    const next = slots.find(({ start }) => start === slot?.end);
    if (!slot || !next) continue;
    const end = later(slot.start, 45);
    const inTheWay = waiting.filter(
      (each) => each.doctorId === doctorId && each.start < end && each.end > slot.start,
    );
    for (const { id } of inTheWay) await desk.ask('cancel', { appointmentId: id, reason: 'moved' });
    const patient = await newPatient(desk, 'Ηλέκτρα', 'Σαμαρά');
    const appointment = await desk.ask('book', { slotId: slot.id, patientId: patient.id });
    await desk.settled();
    await card(desk.page, appointment).waitFor();
    return { appointment, next };
  }
  throw new Error('the sample clinic has three quarters of an hour today in which nobody was');
};
const threeQuarters = { id: '', start: '1970-01-01T00:00:00.000Z', end: '1970-01-01T00:45:00.000Z' };

/** The place on the screen of a time in a doctor's column, scrolled into view. */
const placeOf = async (page: Page, near: Appointment, start: string): Promise<{ x: number; y: number }> => {
  const held = card(page, near);
  await held.evaluate((element) => element.scrollIntoView({ block: 'center', inline: 'center' }));
  const box = await held.boundingBox();
  if (!box) throw new Error('the card is on the board');
  return { x: box.x + 20, y: box.y + minutesBetween(near.start, start) * PX_PER_MINUTE };
};
const PX_PER_MINUTE = 36 / 15;

const card = (page: Page, { id }: Appointment): Locator => page.locator(`[data-card="${id}"]`);

/** Walks the board's cursor to a card by the arrow keys alone. */
const walkTo = async (page: Page, { id, doctorId }: Appointment): Promise<void> => {
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.board-column :focus')).toBeVisible();
  await page.keyboard.press('Home');
  const inColumn = () =>
    page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? '');
  for (let step = 0; step < 40 && !(await inColumn()).startsWith(doctorId); step++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Home');
  const target = page.locator(`[data-card="${id}"]:focus`);
  for (let step = 0; step < 120 && !(await target.count()); step++) await page.keyboard.press('ArrowDown');
  await expect(target).toBeVisible();
};

/** Takes a card up and carries it to the time of a slot, without letting go. */
const carry = async (page: Page, appointment: Appointment, slot: { start: string }): Promise<void> => {
  const held = card(page, appointment);
  await held.evaluate((element) => element.scrollIntoView({ block: 'center', inline: 'center' }));
  const box = await held.boundingBox();
  if (!box) throw new Error('the card is on the board');
  const dy = minutesBetween(appointment.start, slot.start) * PX_PER_MINUTE;
  const [x, y] = [box.x + 20, box.y + 6];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + Math.sign(dy) * 10, { steps: 3 });
  // The second time from where the card is by then: what comes late above the board moves all of it.
  for (let aim = 0; aim < 2; aim++) {
    const at = await held.boundingBox();
    await page.mouse.move(x, (at?.y ?? box.y) + 6 + dy, { steps: 8 });
  }
  await expect(page.locator('.board-ghost')).toBeVisible();
};

test('a visit goes from booked to completed by one key a step', async ({ desk }) => {
  const appointment = plainBooking(await readToday(desk));
  const { page } = desk;
  await walkTo(page, appointment);
  const steps = [
    ['a', 'Arrived'],
    ['r', 'Ready'],
    ['i', 'In room'],
    ['d', 'Completed'],
    ['b', 'In room'],
  ] as const;
  for (const [key, word] of steps) {
    await page.keyboard.press(key);
    await expect(card(page, appointment)).toContainText(word);
    await expect(page.getByRole('region', { name: 'Chosen appointment' })).toContainText(word);
  }
  expect(await desk.ask('appointment', { appointmentId: appointment.id })).toMatchObject({
    status: 'in_room',
  });
});

test('a letter typed into a field does nothing on the board', async ({ desk }) => {
  const appointment = plainBooking(await readToday(desk));
  const { page } = desk;
  await walkTo(page, appointment);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('axc');
  await page.keyboard.press('Escape');
  expect(await desk.ask('appointment', { appointmentId: appointment.id })).toMatchObject({
    status: 'scheduled',
  });
});

test('an appointment moves by Ctrl+X and Ctrl+V, shows both times first, and Ctrl+Z takes it back', async ({
  desk,
}) => {
  const { appointment, next: slot } = await growable(desk);
  const { page } = desk;
  await walkTo(page, appointment);
  await page.keyboard.press('Control+x');
  const strip = page.locator('.moving-strip');
  await expect(strip).toBeVisible();
  const key = slot.start > appointment.start ? 'ArrowDown' : 'ArrowUp';
  const target = page.locator(`[data-slot="${slot.id}"]:focus`);
  for (let step = 0; step < 80 && !(await target.count()); step++) await page.keyboard.press(key);
  await expect(target).toBeVisible();
  const time = (instant: string) => instant.slice(14, 16);
  await expect(strip).toContainText(`:${time(appointment.start)}`);
  await expect(strip).toContainText(`:${time(slot.start)}`);
  await page.keyboard.press('Control+v');
  const start = async () => (await desk.ask('appointment', { appointmentId: appointment.id })).start;
  await expect.poll(start).toBe(slot.start);
  await expect(page.locator(`[data-card="${appointment.id}"]:focus`)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect.poll(start).toBe(appointment.start);
});

test('an appointment is dragged to another time; Esc gives up', async ({ desk }) => {
  const { appointment, next: slot } = await growable(desk);
  const { page } = desk;
  const start = async () => (await desk.ask('appointment', { appointmentId: appointment.id })).start;

  await carry(page, appointment, slot);
  await page.keyboard.press('Escape');
  await expect(page.locator('.board-ghost')).toHaveCount(0);
  await page.mouse.up();
  expect(await start()).toBe(appointment.start);

  await carry(page, appointment, slot);
  const landed = page.locator(`.board-ghost[data-slot="${slot.id}"]`);
  await expect(landed).toBeVisible();
  await page.mouse.up();
  await expect.poll(start).toBe(slot.start);
});

test('a change from another desk that arrives in the middle of a drag neither ends nor misleads it', async ({
  twoDesks: [first, second],
}) => {
  const { appointment, next: slot } = await growable(first);
  await card(second.page, appointment).waitFor();
  const today = await readToday(first);
  const other = today.appointments.find(
    ({ id, status, alerts }) => id !== appointment.id && status === 'scheduled' && !alerts.contactDue,
  );
  if (!other) throw new Error('the sample clinic expects two people today');
  await carry(first.page, appointment, slot);
  await second.ask('checkIn', { appointmentId: other.id });
  await expect(card(first.page, other)).toContainText('Arrived');
  await expect(first.page.locator(`.board-ghost[data-slot="${slot.id}"]`)).toBeVisible();
  await first.page.mouse.up();
  await expect
    .poll(async () => (await second.ask('appointment', { appointmentId: appointment.id })).start)
    .toBe(slot.start);
});

test('a drag onto somebody names who is there before the drop, and offers other times after it', async ({
  desk,
}) => {
  const today = await readToday(desk);
  const { page } = desk;
  const booked = today.appointments.filter(({ status }) => status === 'scheduled');
  const pair = booked.flatMap((one) =>
    booked
      .filter(({ doctorId, start }) => doctorId === one.doctorId && start > one.start)
      .map((two) => [one, two] as const),
  )[0];
  if (!pair) throw new Error('the sample clinic has a doctor with two bookings today');
  await carry(page, pair[0], pair[1]);
  await expect(page.locator('.moving-strip')).toContainText(`already has ${pair[1].patient.firstName}`);
  await page.mouse.up();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`${pair[1].patient.firstName} ${pair[1].patient.lastName}`);
  await expect(dialog).toContainText('Another time');
  await page.keyboard.press('Escape');
  expect(await desk.ask('appointment', { appointmentId: pair[0].id })).toMatchObject({
    start: pair[0].start,
  });
});

test('a visit is made longer by Shift+↓ with the network cut, and central has it when the network is back', async ({
  desk,
}) => {
  const { appointment } = await growable(desk);
  const { page } = desk;
  const end = async () => (await desk.ask('appointment', { appointmentId: appointment.id })).end;
  await desk.cutNetwork();
  await walkTo(page, appointment);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.locator('.moving-strip')).toHaveCount(0);
  for (let five = 0; five < 3; five++) await page.keyboard.press('Shift+ArrowDown');
  const length = minutesBetween(appointment.start, appointment.end);
  await expect(page.locator('.moving-strip')).toContainText(`${length + 15} min`);
  expect(await end()).toBe(appointment.end);
  await page.keyboard.press('Enter');
  await expect.poll(end).toBe(later(appointment.end, 15));
  await expect(page.locator(`[data-card="${appointment.id}"]:focus`)).toBeVisible();
  await desk.mendNetwork();
  expect(await end()).toBe(later(appointment.end, 15));
});

test('a card is made longer by its lower edge, and free time that is marked is booked with its length', async ({
  desk,
}) => {
  const { appointment } = await growable(desk);
  const { page } = desk;
  const edge = await placeOf(page, appointment, appointment.end);
  await page.mouse.move(edge.x, edge.y - 5);
  await page.mouse.down();
  await page.mouse.move(edge.x, edge.y + 20 * PX_PER_MINUTE, { steps: 6 });
  await page.mouse.move(edge.x, edge.y + 15 * PX_PER_MINUTE - 2, { steps: 4 });
  await expect(page.locator('.board-ghost[data-draft="resize"]')).toBeVisible();
  await page.mouse.up();
  await expect
    .poll(async () => (await desk.ask('appointment', { appointmentId: appointment.id })).end)
    .toBe(later(appointment.end, 15));

  const day = await readToday(desk);
  const free = await growable(desk);
  const from = await placeOf(page, free.appointment, free.next.start);
  await page.mouse.move(from.x, from.y + 4);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 15, { steps: 3 });
  await page.mouse.move(from.x, from.y + 20 * PX_PER_MINUTE, { steps: 4 });
  await expect(page.locator('.board-ghost[data-draft="create"]')).toContainText('New appointment');
  await page.mouse.up();
  const at = Temporal.Instant.from(free.next.start).toZonedDateTimeISO(day.timezone).toPlainTime();
  await expect(page.getByRole('dialog')).toContainText(at.toString({ smallestUnit: 'minute' }));
});

test('a finger that rests on a card takes it up, and one that moves scrolls', async ({ desk }) => {
  const { appointment, next: slot } = await growable(desk);
  const { page } = desk;
  const start = async () => (await desk.ask('appointment', { appointmentId: appointment.id })).start;
  const { x, y } = await placeOf(page, appointment, appointment.start);
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0) =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: y + 8 + dy }],
    });
  await touch('touchStart');
  for (const dy of [-10, -30, -60]) await touch('touchMove', dy);
  await touch('touchEnd');
  expect(await start()).toBe(appointment.start);

  const again = await placeOf(page, appointment, appointment.start);
  expect(again.x).toBe(x);
  const dy = minutesBetween(appointment.start, slot.start) * PX_PER_MINUTE;
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y: again.y + 8 }] });
  await expect(page.locator('.board-ghost')).toBeVisible();
  for (const part of [0.5, 1]) {
    await finger.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x, y: again.y + 8 + dy * part }],
    });
  }
  await expect(page.locator(`.board-ghost[data-slot="${slot.id}"]`)).toBeVisible();
  await touch('touchEnd');
  await expect.poll(start).toBe(slot.start);
});

test('by room an appointment moves to another room by keys, and the week turns by weeks', async ({
  desk,
}) => {
  const { page } = desk;
  const { appointments, doctors } = await readToday(desk);
  const slots = doctors.flatMap((day) => day.slots);
  const { rooms } = await firstLocation(desk);
  const roomRightOf = (id: string | null) => rooms[rooms.findIndex((room) => room.id === id) + 1]?.id;
  const short = appointments.find(
    ({ status, roomId, slotId, start, end }) =>
      status === 'scheduled' &&
      roomId !== null &&
      roomRightOf(roomId) !== undefined &&
      appointments.every(
        (other) => other.roomId !== roomRightOf(roomId) || other.end <= start || other.start >= end,
      ) &&
      slots.some(
        (slot) => slot.id === slotId && minutesBetween(slot.start, slot.end) >= minutesBetween(start, end),
      ),
  );
  if (!short) throw new Error('the sample clinic has a short visit today beside a free room');
  const room = async () => (await desk.ask('appointment', { appointmentId: short.id })).roomId;
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { name: 'No room' })).toBeAttached();
  await card(page, short).click();
  await page.keyboard.press('Control+x');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+v');
  await expect.poll(room).toBe(roomRightOf(short.roomId));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(room).toBe(short.roomId);

  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  await page.keyboard.press('v');
  const shown = page.locator('.day-button');
  const week = await shown.innerText();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(shown).not.toHaveText(week);
  await page.keyboard.press('t');
  await expect(shown).toHaveText(week);
  await expect.poll(() => page.locator('.board-head').count()).toBeGreaterThanOrEqual(5);
});

test('a visit made longer offline over what another desk booked is told in the inbox, with who is there', async ({
  twoDesks: [first, second],
}) => {
  const { appointment, next } = await growable(first);
  const patient = await newPatient(second, 'Λουκάς', 'Βενιέρης');
  await second.settled();
  await first.cutNetwork();
  await first.ask('resize', {
    appointmentId: appointment.id,
    durationMinutes: minutesBetween(appointment.start, next.end),
  });
  await second.ask('book', { slotId: next.id, patientId: patient.id });
  await second.settled();
  await first.mendNetwork();
  await first.page.keyboard.press('9');
  const entry = first.page.getByRole('article');
  await expect(entry.getByRole('heading', { name: /^A new length for the appointment of/ })).toBeVisible();
  await expect(entry).toContainText('Λουκάς Βενιέρης');
  expect((await first.ask('appointment', { appointmentId: appointment.id })).end).toBe(appointment.end);
});

test('times are those of the clinic wherever the PC thinks it is', async ({ desk }) => {
  const today = await readToday(desk);
  const { page } = desk;
  expect(await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone)).not.toBe(
    today.timezone,
  );
  const appointment = plainBooking(today);
  const clock = Temporal.Instant.from(appointment.start).toZonedDateTimeISO(today.timezone).toPlainTime();
  await expect(card(page, appointment)).toContainText(clock.toString({ smallestUnit: 'minute' }));
  await expect(page.getByRole('status').filter({ hasText: today.timezone })).toBeVisible();
});

test('a check-in at another desk is on this board without a reload', async ({
  twoDesks: [first, second],
}) => {
  const appointment = plainBooking(await readToday(first));
  await second.ask('checkIn', { appointmentId: appointment.id });
  await expect(card(first.page, appointment)).toContainText('Arrived');
});

test('a cancelled appointment leaves the board, H shows it struck through, and Undo brings it back', async ({
  desk,
}) => {
  const appointment = plainBooking(await readToday(desk));
  const { page } = desk;
  await walkTo(page, appointment);
  await page.keyboard.press('c');
  await page.keyboard.type('Has a cold');
  await page.keyboard.press('Enter');
  await expect(card(page, appointment)).toHaveCount(0);
  expect(await desk.ask('appointment', { appointmentId: appointment.id })).toMatchObject({
    status: 'cancelled',
    cancellationReason: 'Has a cold',
  });
  await page.keyboard.press('h');
  await expect(card(page, appointment)).toContainText('Cancelled');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, appointment)).not.toContainText('Cancelled');
});

test('the arrows turn the day outside the board, walk inside it, and T comes back to today', async ({
  desk,
}) => {
  const { page } = desk;
  const shown = page.locator('.day-button');
  const today = await shown.innerText();
  await page.keyboard.press('ArrowRight');
  await expect(shown).not.toHaveText(today);
  await page.keyboard.press('t');
  await expect(shown).toHaveText(today);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(shown).toHaveText(today);
  await page.keyboard.press('Shift+ArrowRight');
  await expect(shown).not.toHaveText(today);
});

test('a key pressed in the same instant as an arrow acts on whom the arrow chose', async ({ desk }) => {
  const { page } = desk;
  const first = page.locator('.board-card').first();
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  const chosen = await page.evaluate(() => {
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    const pressed = () => document.querySelector('.board-card[aria-pressed="true"]');
    const before = pressed();
    for (let steps = 0; steps < 60 && (pressed() ?? before) === before; steps += 1) press('ArrowDown');
    const name = pressed()?.querySelector('.card-name')?.textContent;
    press('o');
    return name;
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(chosen ?? '');
});

test('a key pressed as soon as the chosen card is shown beside the board acts on it', async ({ desk }) => {
  const { page } = desk;
  const first = page.locator('.board-card').first();
  const name = await first.locator('.card-name').textContent();
  await page.evaluate(() => {
    const press = () =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'o', bubbles: true, cancelable: true }),
      );
    const shown = new MutationObserver(() => {
      if (!document.querySelector('[data-shows]')) return;
      shown.disconnect();
      press();
    });
    shown.observe(document.body, { childList: true, subtree: true });
  });
  await first.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name ?? '');
});

test('the first keys on a day that has just opened find their cell, also one below what is seen', async ({
  desk,
}) => {
  const { page } = desk;
  await page.setViewportSize({ width: 1024, height: 500 });
  const shown = page.locator('.day-button');
  const today = await shown.innerText();
  await page.keyboard.press('ArrowRight');
  await expect(shown).not.toHaveText(today);
  const found = await page.evaluate(
    (day) =>
      new Promise<string>((resolve) => {
        const press = (key: string) =>
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
          );
        const opened = new MutationObserver(() => {
          const isOpen = document.querySelector('.day-button')?.textContent === day;
          if (!isOpen || !document.querySelector('.board-card')) return;
          opened.disconnect();
          press('ArrowDown');
          press('End');
          resolve(document.activeElement?.id ?? '');
        });
        opened.observe(document.body, { childList: true, subtree: true, characterData: true });
        press('t');
      }),
    today,
  );
  expect(found).toMatch(/^cell-/);
});

test('the board is one tab stop', async ({ desk }) => {
  // The cursor stands on a card or, as the hour has it, on a free time.
  await expect(desk.page.locator('.board-card[tabindex="0"], .slot-cursor')).toHaveCount(1);
  await expect(desk.page.locator('.board-card:not([tabindex="-1"]), .slot-cursor')).toHaveCount(1);
});

test('the icon of a card has the colour of its words, and takes on the new one when the screen turns dark', async ({
  desk: { page },
}) => {
  const ofOneColour = (status: Element): boolean => {
    const icon = status.querySelector('.glyph');
    const { color } = getComputedStyle(status);
    return icon !== null && getComputedStyle(icon).backgroundImage.includes(encodeURIComponent(color));
  };
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await expect.poll(() => page.locator('.board-card .status').first().evaluate(ofOneColour)).toBe(true);
  }
});

for (const language of ['en', 'el'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the board in ${language}, ${theme}`, async ({ desk }) => {
      const { page } = desk;
      await page.emulateMedia({ colorScheme: theme });
      await page.evaluate((chosen) => {
        localStorage.setItem(
          'anteroom.preferences',
          JSON.stringify({ state: { language: chosen }, version: 0 }),
        );
      }, language);
      await page.reload();
      await page.locator('.board-card').first().click();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    });
  }
}
