import { letOthersGo } from '../../let-others-go.ts';
import type { Run } from '../connector.ts';
import { blockIdOf, dropBlock, readBlocks, takeBlock } from './blocks.ts';
import { readBookings } from './bookings.ts';
import { dropCase } from './cases.ts';
import { type Block, mapEntry, type Visit } from './mapping.ts';
import type { Scope } from './scope.ts';
import type { NeoAppointment } from './shapes.ts';
import { takesTime } from './status.ts';
import { dropVisit, takeVisit } from './visits.ts';
import type { Span } from './wall-time.ts';
import { writeEach } from './writing.ts';

/** All that Neo's calendar has of a window, in our words. */
export interface Calendar {
  visits: Visit[];
  blocks: Block[];
}

const MAPPED_AT_ONCE = 250;

/**
 * Neo's calendar in our words: each appointment once, by the first of its entries, and those before that give their time
 * free.
 */
export const mapCalendar = async (entries: readonly NeoAppointment[], zone: string): Promise<Calendar> => {
  const visits = new Map<string, Visit>();
  const blocks: Block[] = [];
  const byNumber = [...entries].sort((a, b) => Number(a.id) - Number(b.id));
  for (const [index, entry] of byNumber.entries()) {
    const mapped = mapEntry(entry, zone);
    if (mapped && 'block' in mapped) blocks.push(mapped.block);
    if (mapped && 'visit' in mapped && !visits.has(mapped.visit.appointmentId))
      visits.set(mapped.visit.appointmentId, mapped.visit);
    if (index % MAPPED_AT_ONCE === MAPPED_AT_ONCE - 1) await letOthersGo();
  }
  const inOrder = [...visits.values()].sort(
    (a, b) => Number(takesTime(a.status)) - Number(takesTime(b.status)) || a.span.start - b.span.start,
  );
  return { visits: inOrder, blocks };
};

/** Changes are of so many rows of Neo, so that none takes long; and of one each where central has refused some. */
const AT_ONCE = 5;

/**
 * Brings the board to what Neo's calendar says of a window that was read whole (`window`, by when things begin): what is
 * no longer there goes first, so that its time is free for what has come. Done again, it writes nothing.
 * @returns whether it came to the end.
 */
export const takeCalendar = async (
  scope: Scope,
  run: Run,
  { visits, blocks }: Calendar,
  window: Span,
  singly: boolean,
): Promise<boolean> => {
  const atOnce = singly ? 1 : AT_ONCE;
  const told = new Set(visits.map(({ appointmentId }) => appointmentId));
  const gone = readBookings(scope.desk, window.start, window.end).filter(
    ({ externalId }) => !told.has(externalId),
  );
  const toldBlocks = new Set(blocks.map(({ id }) => blockIdOf(scope, id)));
  const goneBlocks = readBlocks(scope.desk, window.start, window.end).filter((id) => !toldBlocks.has(id));
  const total = visits.length + blocks.length;
  const doubled: Visit[] = [];
  return (
    (await writeEach(run, gone, atOnce, (change, booking) => {
      dropVisit(scope, change, booking);
      dropCase(scope, change, booking.externalId);
    })) &&
    (await writeEach(run, goneBlocks, atOnce, (change, id) => dropBlock(scope, change, id))) &&
    (await writeEach(run, blocks, atOnce, (change, block) => takeBlock(scope, change, block))) &&
    (await writeEach(
      run,
      visits,
      atOnce,
      (change, visit) => {
        if (takeVisit(scope, change, visit).doubled) doubled.push(visit);
      },
      (done) => run.progress('writing', blocks.length + done, total),
    )) &&
    // Two that changed places were each on the other's time at first.
    (await writeEach(run, doubled, atOnce, (change, visit) => takeVisit(scope, change, visit)))
  );
};
