import type { Desk } from '../desk.ts';

/** How long a time is held (front-desk.md); central counts anew from the hold's arrival there. */
export const HOLD_MS = 5 * 60_000;

interface HoldingDesk {
  deskName: string | null;
  clockOffsetMs: number;
}

const holdingDesk = ({ replica }: Desk): HoldingDesk =>
  replica
    .statement('select desk_name deskName, clock_offset_ms clockOffsetMs from desk_state')
    .get() as HoldingDesk;

/** The instant now by central's clock, which holds are ended by; epoch milliseconds. */
export const centralNow = (desk: Desk): number => Date.parse(desk.now()) + holdingDesk(desk).clockOffsetMs;

/** The name under which this desk holds times. */
export const holderName = (desk: Desk): string => holdingDesk(desk).deskName ?? '';
