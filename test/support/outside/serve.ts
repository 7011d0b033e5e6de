import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { startCalCom } from './cal-com.ts';
import { startNeo } from './neo.ts';
import { demoDay, type RawEntry } from './neo-day.ts';

/*
 * A program of its own for `npm run demo -- --with-outside`: stands in for IDEXX Neo and Cal.com until its input ends. The
 * first line of its input says where the practice is and who its vets are; the one line of its output says where the two
 * stand-ins are and what opens them.
 */

const Asked = z.object({
  zone: z.string(),
  /** The last one can be booked at Cal.com too. */
  vets: z.array(z.object({ id: z.int(), name: z.string() })).min(1),
});

const MINUTE = 60_000;
const LENGTH = 20;
const now = () => Date.now();

const input = createInterface({ input: process.stdin });
const [line] = (await once(input, 'line')) as [string];
const { zone, vets } = Asked.parse(JSON.parse(line));
const hostVet = vets.at(-1) ?? { id: 0, name: '' };

const login = { username: 'front.desk', password: 'harbour seals swim' };
const neo = await startNeo({ users: [{ ...login, companyId: '' }], now });
const day = demoDay(zone, now(), vets);
const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(zone).toPlainDate();
const tomorrow = (time: string): string => `${today.add({ days: 1 })} ${time}:00`;
// At whatever hour it is shown, there is one more to come: that of the first visit of the vet, a day later.
const known = day.entries.find((one) => one.resourceId === hostVet.id && one.appointment_id !== null);
const last = known && {
  ...known,
  id: 1,
  appointment_id: 1,
  consultation_id: null,
  start: tomorrow('11:00'),
  end: tomorrow('11:30'),
  current_status: 'not_arrived',
  status_label: 'not arrived',
};
if (last) day.entries.push(last);
neo.fill(day);

const key = 'cal_live_stand_in_0001';
const host = { id: 1, name: hostVet.name, email: 'vet@example.com', username: 'vet', timeZone: zone };
const types = [
  { id: 101, slug: 'check-up', title: 'Check-up', lengthInMinutes: LENGTH, hosts: ['vet'] },
  {
    id: 102,
    slug: 'first-visit',
    title: 'First visit',
    lengthInMinutes: LENGTH,
    hosts: ['vet'],
    requiresConfirmation: true,
  },
];
const calCom = await startCalCom({ key, hosts: [host], eventTypes: types, now });

/** An entry of Neo's calendar in epoch milliseconds; its times are by the practice's clock. */
const span = ({ start, end }: RawEntry) => ({
  start: Temporal.PlainDateTime.from(start.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds,
  end: Temporal.PlainDateTime.from(end.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds,
});
const busy = day.entries.filter((entry) => !entry.is_roster && entry.resourceId === hostVet.id).map(span);

/** The vet's first time that Neo leaves free: in the rest of today, or else from ten on tomorrow. */
const firstFree = (): number => {
  const quarter = 15 * MINUTE;
  const closing = today.toPlainDateTime('19:30').toZonedDateTime(zone).epochMilliseconds;
  const opening = today.add({ days: 1 }).toPlainDateTime('10:00').toZonedDateTime(zone).epochMilliseconds;
  const isFree = (at: number) => busy.every(({ start, end }) => at >= end || at + LENGTH * MINUTE <= start);
  let at = Math.ceil(now() / quarter + 1) * quarter;
  while (!isFree(at) || (at >= closing && at < opening)) at += quarter;
  return at;
};

const people = [
  { name: 'Maria Santos', phoneNumber: '+15550171', email: 'maria.santos@example.com' },
  { name: 'Omar Khan', phoneNumber: '+15550172', email: 'omar.khan@example.com' },
  { name: 'Zofia Zając', phoneNumber: '+15550173', email: 'zofia.zajac@example.com' },
];
const bookAt = (type: number, at: number): void => {
  const person = people[calCom.book.bookings.size];
  if (!person) return;
  const start = new Date(at).toISOString();
  calCom.book.book({ eventTypeId: type, start, attendee: { ...person, timeZone: zone } });
  busy.push({ start: at, end: at + LENGTH * MINUTE });
};
for (const type of [101, 102]) bookAt(type, firstFree());
// A time that Neo has given already: somebody at a desk decides.
if (last) bookAt(101, span(last).start);

process.stdout.write(
  `${JSON.stringify({ neo: { url: neo.url, ...login }, calCom: { url: calCom.url, key, eventTypes: types.map(({ id, title }) => ({ id, title })) } })}\n`,
);
await once(input, 'close');
await Promise.all([neo.close(), calCom.close()]);
