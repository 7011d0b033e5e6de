import { Temporal } from 'temporal-polyfill';
import type { NewWorkingHours, WorkingStretch, WorkingWeek } from '../../contract/schedules.ts';
import type { Template } from './rules.ts';

/** What puts a new week in the place of the templates that hold on its days. Nothing outside these days changes. */
export interface WeekChange {
  /** Templates whose last day is to be another one. */
  end: { id: string; validUntil: string }[];
  /** Templates that held only on days of the new week. */
  remove: string[];
  add: Omit<Template, 'id'>[];
}

/** How `templates`, all of one doctor, become `week` on its days. Templates that go on after it come back then. */
export const replaceWeek = (templates: readonly Template[], week: NewWorkingHours): WeekChange => {
  const change: WeekChange = { end: [], remove: [], add: [] };
  for (const template of templates) {
    if (!meets(template, week)) continue;
    const { id, ...row } = template;
    if (template.validFrom < week.from) change.end.push({ id, validUntil: dayBefore(week.from) });
    else change.remove.push(id);
    if (week.until !== null && (template.validUntil === null || template.validUntil > week.until))
      change.add.push({ ...row, validFrom: dayAfter(week.until) });
  }
  for (const { weekday, starts, ends, slotMinutes, locationId, roomId } of week.stretches)
    change.add.push({
      doctorId: week.doctorId,
      locationId,
      roomId,
      weekday,
      startsLocal: starts,
      endsLocal: ends,
      slotMinutes,
      validFrom: week.from,
      validUntil: week.until,
    });
  return change;
};

/** The templates as they stand after a change; what is added has no id of its own yet. */
export const afterChange = (templates: readonly Template[], change: WeekChange): Template[] => {
  const ends = new Map(change.end.map(({ id, validUntil }) => [id, validUntil]));
  return [
    ...templates
      .filter(({ id }) => !change.remove.includes(id))
      .map((template) => ({ ...template, validUntil: ends.get(template.id) ?? template.validUntil })),
    ...change.add.map((row) => ({ ...row, id: '' })),
  ];
};

/** The weekday on which two stretches overlap, or undefined: a doctor cannot be at two places at once. */
export const overlappingWeekday = (stretches: readonly WorkingStretch[]): number | undefined =>
  stretches.find((stretch, index) =>
    stretches.some(
      (other, place) =>
        place > index &&
        other.weekday === stretch.weekday &&
        other.starts < stretch.ends &&
        other.ends > stretch.starts,
    ),
  )?.weekday;

/**
 * The weeks that templates of one doctor make, from `today` on: one for each run of days on which the same templates
 * hold, by first day. Days on which none holds make no week.
 */
export const weeksOf = (templates: readonly Template[], today: string): WorkingWeek[] => {
  const current = templates.filter(({ validUntil }) => validUntil === null || validUntil >= today);
  const firstDays = current.flatMap(({ validFrom, validUntil }) =>
    validUntil === null ? [validFrom] : [validFrom, dayAfter(validUntil)],
  );
  const turns = [...new Set(firstDays)].sort();
  return turns.flatMap((from, index) => {
    const next = turns[index + 1];
    const valid = current.filter(
      (one) => one.validFrom <= from && (one.validUntil === null || one.validUntil >= from),
    );
    const until = next === undefined ? null : dayBefore(next);
    if (valid.length === 0 || (until !== null && until < today)) return [];
    return [{ from, until, stretches: valid.map(stretchOf).sort(byTime) }];
  });
};

const stretchOf = (template: Template): WorkingStretch => ({
  weekday: template.weekday,
  starts: template.startsLocal,
  ends: template.endsLocal,
  slotMinutes: template.slotMinutes,
  locationId: template.locationId,
  roomId: template.roomId,
});

const byTime = (a: WorkingStretch, b: WorkingStretch): number =>
  a.weekday - b.weekday || (a.starts < b.starts ? -1 : 1);

const meets = ({ validFrom, validUntil }: Template, { from, until }: NewWorkingHours): boolean =>
  (validUntil === null || validUntil >= from) && (until === null || validFrom <= until);

const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
