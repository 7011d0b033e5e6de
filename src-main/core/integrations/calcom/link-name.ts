import type { OutsideName } from '../../../contract/outside.ts';
import type { Booking } from './shapes.ts';

/** What has to be linked before a booking can stand on the board. */
export const linkName = ({ eventType }: Booking): OutsideName => ({
  kind: 'event_type',
  externalId: String(eventType.id),
  name: eventType.slug.slice(0, 200) || null,
});
