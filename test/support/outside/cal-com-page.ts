import type { CalBooking } from './cal-com-book.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The bookings as a page, for whoever watches the stand-in: soonest first, what was moved on left out. */
export const bookingsPage = (bookings: readonly CalBooking[]): string => {
  const rows = bookings
    .filter(({ rescheduledToUid }) => rescheduledToUid === undefined)
    .sort((a, b) => a.start.localeCompare(b.start))
    .map(
      ({ start, duration, hosts, attendees, eventType, status, uid }) =>
        `<tr class="${status}"><td>${start.slice(0, 16).replace('T', ' ')} UTC</td><td>${duration} min</td>` +
        [hosts[0]?.name, attendees[0]?.name, eventType.slug, status, uid]
          .map((text) => `<td>${escaped(text ?? '')}</td>`)
          .join('') +
        '</tr>',
    );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Cal.com (stand-in)</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color-scheme: light dark }
  table { border-collapse: collapse; width: 100% } th, td { padding: .4rem .75rem; text-align: left; border-bottom: 1px solid #8884 }
  .cancelled td, .rejected td { text-decoration: line-through; opacity: .6 }
</style></head>
<body><h1>Cal.com (stand-in)</h1>
<table><thead><tr><th>When</th><th>Length</th><th>Host</th><th>Attendee</th><th>Event type</th><th>Status</th><th>Uid</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></body></html>`;
};
