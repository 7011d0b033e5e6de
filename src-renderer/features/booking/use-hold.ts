import { useEffect } from 'react';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

const TABLES = ['appointments', 'doctor_time_slots'];

/**
 * Holds the time that a form stands on, so that other desks see it taken, and lets it go with the form or when another
 * time is chosen. Answers what would refuse a booking there, as soon as this desk knows it: the form says so before
 * anybody presses Enter. A hold that runs out changes nothing; the booking goes on without it.
 */
export const useHold = (place: CallInput<'hold'> | null): CallError | null => {
  const key = place && JSON.stringify(place);
  useEffect(() => {
    if (key === null) return;
    const held = call('hold', JSON.parse(key) as CallInput<'hold'>);
    return () => {
      void held.then((answer) => {
        if (answer.ok && answer.value.holdId !== null) void call('release', { holdId: answer.value.holdId });
      });
    };
  }, [key]);
  return useLive('checkPlace', place, TABLES).error ?? null;
};
