import type { WaitingListEntry, WaitingWish } from '../../../src-main/contract/waiting-list.ts';

/** A wish for nothing in particular. */
export const anyTime: WaitingWish = {
  doctorId: null,
  specialtyId: null,
  locationId: null,
  visitTypeId: null,
  partOfDay: 'any',
  earliestDay: null,
  latestDay: null,
  urgent: false,
  notes: null,
};

/** What an entry wishes. */
export const wishOf = (entry: WaitingListEntry): WaitingWish => ({
  doctorId: entry.doctorId,
  specialtyId: entry.specialtyId,
  locationId: entry.locationId,
  visitTypeId: entry.visitTypeId,
  partOfDay: entry.partOfDay,
  earliestDay: entry.earliestDay,
  latestDay: entry.latestDay,
  urgent: entry.urgent,
  notes: entry.notes,
});
