import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Remade,
  remake,
  type StoredSlot,
  type WantedSlot,
} from '../../src-main/core/schedules/remake.ts';
import { slotId } from '../../src-main/core/schedules/slot-id.ts';

const places = ['athens', 'london'];

/** Wanted slots as the rules give them: none overlaps another. */
const wantedSlots = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 2 }),
      length: fc.integer({ min: 1, max: 3 }),
      locationId: fc.constantFrom(...places),
      available: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((parts) => {
    let at = 0;
    return parts.map(({ gap, length, ...slot }): WantedSlot => {
      const start = at + gap;
      at = start + length;
      return { ...slot, start, end: at };
    });
  });

/** Whatever may be stored: slots of older rules, that overlap, are deleted, blocked, booked, or lie outside. */
const storedSlots = fc.uniqueArray(
  fc
    .record({
      start: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 3 }),
      locationId: fc.constantFrom(null, ...places),
      available: fc.boolean(),
      deleted: fc.boolean(),
      booked: fc.boolean(),
      within: fc.boolean(),
    })
    .map(({ length, ...slot }): StoredSlot => {
      const end = slot.start + length;
      return { ...slot, end, id: `${slot.start}/${end}` };
    }),
  { selector: ({ id }) => id, maxLength: 20 },
);

/** The stored slots after the changes, as the job and central write them. */
const applied = (stored: readonly StoredSlot[], { add, set }: Remade): StoredSlot[] => [
  ...stored.map((row) => {
    const { deleted, available, locationId } = set.find(({ id }) => id === row.id) ?? {};
    return {
      ...row,
      deleted: deleted ?? row.deleted,
      available: available ?? row.available,
      locationId: locationId ?? row.locationId,
    };
  }),
  ...add.map((slot) => ({
    ...slot,
    id: `${slot.start}/${slot.end}`,
    deleted: false,
    booked: false,
    within: true,
  })),
];

const spanOf = ({ start, end }: { start: number; end: number }) => `${start}/${end}`;
const overlap = (a: WantedSlot, b: StoredSlot) => a.start < b.end && a.end > b.start;

test('made twice, the slots are as they were made once', () => {
  fc.assert(
    fc.property(wantedSlots, storedSlots, (wanted, stored) => {
      const once = applied(stored, remake(wanted, stored));
      const again = remake(wanted, once);
      expect({ add: again.add, set: again.set }).toEqual({ add: [], set: [] });
    }),
  );
});

test('a booked slot is never deleted, blocked or moved to another place', () => {
  fc.assert(
    fc.property(wantedSlots, storedSlots, (wanted, stored) => {
      const after = new Map(applied(stored, remake(wanted, stored)).map((row) => [row.id, row]));
      for (const row of stored.filter(({ booked }) => booked)) {
        const now = after.get(row.id);
        expect(now?.locationId).toBe(row.locationId);
        if (!row.deleted) expect(now?.deleted).toBe(false);
        if (row.available) expect(now?.available).toBe(true);
      }
    }),
  );
});

test('every slot that the rules give is there as they give it, but for what a booking is in the way of', () => {
  fc.assert(
    fc.property(wantedSlots, storedSlots, (wanted, stored) => {
      const open = new Map(
        applied(stored, remake(wanted, stored))
          .filter(({ deleted }) => !deleted)
          .map((row) => [spanOf(row), row]),
      );
      const bookings = stored.filter(({ booked, deleted }) => booked && !deleted);
      for (const slot of wanted) {
        const row = open.get(spanOf(slot));
        const hindered = bookings.some(
          (booking) => overlap(slot, booking) && spanOf(booking) !== spanOf(slot),
        );
        if (row && !row.booked && !hindered) expect(row).toMatchObject({ ...slot });
        if (!row) expect(bookings.some((booking) => overlap(slot, booking))).toBe(true);
      }
    }),
  );
});

test('nothing stays open that the rules do not give, but what is booked, which is named to be looked at again', () => {
  fc.assert(
    fc.property(wantedSlots, storedSlots, (wanted, stored) => {
      const given = new Set(wanted.map(spanOf));
      const { held, ...remade } = remake(wanted, stored);
      for (const row of applied(stored, { ...remade, held }))
        if (!row.deleted && row.within && !given.has(spanOf(row)))
          expect([row.booked, held.includes(row.id)]).toEqual([true, true]);
    }),
  );
});

test('a slot of another time than the one asked about stays as it is', () => {
  fc.assert(
    fc.property(wantedSlots, storedSlots, (wanted, stored) => {
      const given = new Set(wanted.map(spanOf));
      const after = new Map(applied(stored, remake(wanted, stored)).map((row) => [row.id, row]));
      for (const row of stored)
        if (!row.within && !given.has(spanOf(row))) expect(after.get(row.id)).toEqual(row);
    }),
  );
});

test('once its appointment has gone, a slot follows the rules like any other', () => {
  fc.assert(
    fc.property(wantedSlots, storedSlots, (wanted, stored) => {
      const freed = applied(stored, remake(wanted, stored)).map((row) => ({ ...row, booked: false }));
      const slots = applied(freed, remake(wanted, freed)).filter((row) => row.within && !row.deleted);
      expect(slots.map(spanOf).sort()).toEqual(
        wanted
          .map(spanOf)
          .filter((span) => {
            const row = freed.find((one) => spanOf(one) === span);
            return row?.within !== false;
          })
          .sort(),
      );
    }),
  );
});

test('two desks give the same slot the same id, and no two slots share one', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.integer(), fc.integer(), (a, b, start, end) => {
      expect(slotId(a, start, end)).toBe(slotId(a, start, end));
      const ids = [slotId(a, start, end), slotId(a, start, end + 1), slotId(a, start + 1, end)];
      if (a !== b) ids.push(slotId(b, start, end));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
