import type { OutsideSource } from '../../contract/integrations.ts';
import { outsideId } from './outside-id.ts';

/** The id of an `outside_links` row: it follows from what it gives a meaning here. */
export const linkId = (clinicId: string, source: OutsideSource, kind: string, externalId: string): string =>
  outsideId(source, clinicId, 'link', kind, externalId);
