import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { isLive } from '../../../src-main/contract/status.ts';
import { type Column, minutesIn } from './columns.ts';

/** Where a card lies in its column: pixels from the top, and fractions of the width. */
export interface Placed {
  appointment: Appointment;
  top: number;
  height: number;
  left: number;
  width: number;
}

/** A card is never lower than this, so that a five-minute visit can be read. */
export const MIN_CARD_PX = 22;
const GAP_PX = 2;

interface Box {
  appointment: Appointment;
  top: number;
  bottom: number;
  lane: number;
}

/**
 * Places the cards of a column. Those that overlap, or would where a short one is drawn at its least height, share
 * the width. One that gave its time back (no-show, left, cancelled) leaves the other half for who takes it.
 */
export const placeCards = (
  column: Pick<Column, 'startMs' | 'appointments'>,
  pxPerMinute: number,
): Placed[] => {
  const boxes = column.appointments
    .map((appointment): Box => {
      const top = minutesIn(column, appointment.start) * pxPerMinute;
      const end = minutesIn(column, appointment.end) * pxPerMinute;
      return { appointment, top, bottom: Math.max(end, top + MIN_CARD_PX + GAP_PX), lane: 0 };
    })
    .sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  return clusters(boxes).flatMap(placeCluster);
};

/** Runs of boxes that touch each other directly or through others. */
const clusters = (boxes: readonly Box[]): Box[][] => {
  const runs: Box[][] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const box of boxes) {
    const run = runs.at(-1);
    if (run && box.top < bottom) run.push(box);
    else runs.push([box]);
    bottom = Math.max(bottom, box.bottom);
  }
  return runs;
};

const placeCluster = (cluster: Box[]): Placed[] => {
  const laneBottoms: number[] = [];
  for (const box of cluster) {
    const free = laneBottoms.findIndex((bottom) => bottom <= box.top);
    box.lane = free === -1 ? laneBottoms.length : free;
    laneBottoms[box.lane] = box.bottom;
  }
  const gaveBack = cluster.some(({ appointment }) => !isLive(appointment.status));
  const lanes = Math.max(laneBottoms.length, gaveBack ? 2 : 1);
  return cluster.map(({ appointment, top, bottom, lane }) => ({
    appointment,
    top,
    height: bottom - top - GAP_PX,
    left: lane / lanes,
    width: 1 / lanes,
  }));
};
